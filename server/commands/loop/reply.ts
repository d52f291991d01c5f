import replyWords from '../seed/reply.json' with { type: 'json' };
import type { Browser } from './browser.ts';
import { dayFrom } from './fieldwork.ts';
import { decode, markOf } from './markup.ts';
import { openNewFinding, type Cell } from './results.ts';
import type { MadeRelease } from './release.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* From a figure to an answer that everybody may read, and what comes after: finding, action, reply, news. */

const CHILD = replyWords.texts.child;

export interface WrittenReply {
  findingHref: string;
  /** The planners' page of it. */
  deskHref: string;
}

export interface PublishedReply extends WrittenReply {
  /** Where its action stands. */
  actionHref: string;
  /** Its public page. */
  href: string;
}

/** The four promises as the public page says them. */
export interface SeenPromises {
  full: boolean;
  friendly: boolean;
  fastDays: number;
  followedUp: boolean;
}

/** Makes a finding of a shown figure. @returns its address */
export async function writeFinding(planner: Browser, release: MadeRelease, cell: Cell): Promise<string> {
  await openNewFinding(planner, release, cell);
  planner.demandMark('data-share', String(cell.share));
  const { path } = await planner.send(planner.form('/replies/findings').fill('whyItMatters', replyWords.whyItMatters));
  const href = path.split('?')[0] ?? '';
  demand(/^\/replies\/findings\/[^/]+$/.test(href), 'to arrive at the page of the finding', path);
  return href;
}

export async function writeAction(planner: Browser, town: Town, findingHref: string): Promise<void> {
  await planner.visit(findingHref);
  const form = planner.form(`${findingHref}/actions`);
  form.fill('task', replyWords.task).fill('lead', replyWords.lead).fill('dueOn', dayFrom(town, 60));
  await planner.send(form);
}

/** Writes the reply for three readers in both languages; without its reason it is refused. */
export async function writeReply(planner: Browser, town: Town, findingHref: string): Promise<WrittenReply> {
  await planner.visit(findingHref);
  const form = planner.form(/^\/replies\/actions\/[^/]+\/replies$/);
  form.choose('decision', replyWords.decision).fill('owner', replyWords.owner);
  form.fill('dueOn', dayFrom(town, 90)).fill('nextUpdateOn', dayFrom(town, 120));
  for (const [reader, languages] of Object.entries(replyWords.texts)) {
    for (const [language, words] of Object.entries(languages)) {
      for (const [part, text] of Object.entries(words)) {
        // Easy reading has no options that were thought about.
        if (text !== '') form.fill(`${part}-${reader}-${language}`, text);
      }
    }
  }
  form.fill('why-child-ar', '');
  const refused = await planner.trySending(form);
  demand(refused.status === 422, 'a reply without its why to be refused with status 422', refused.status);
  await planner.send(planner.form(form.action).fill('why-child-ar', CHILD.ar.why));
  const deskHref = planner.link(/^\/replies\/replies\/[^/]+$/).href;
  return { findingHref, deskHref };
}

/** Asks the forum, and a member reads the words and says that they are clear. */
export async function checkWithForum(planner: Browser, member: Browser, { deskHref }: WrittenReply): Promise<void> {
  await planner.visit(deskHref);
  planner.demandMark('data-missing', '0');
  await planner.send(planner.form(`${deskHref}/checks`));
  await member.visit('/studio/forum/replies');
  await member.follow(/^\/studio\/forum\/replies\/[^/]+$/);
  demand(decode(member.page.body).includes(CHILD.en.why), 'the reason in the words that the forum reads', 'none');
  await member.send(member.form(/\/verdicts$/).choose('clear', 'yes'));
  await planner.visit(deskHref);
  planner.demandMark('data-found-clear', 'yes');
}

export async function publishReply(planner: Browser, town: Town, written: WrittenReply): Promise<PublishedReply> {
  await planner.visit(written.findingHref);
  await planner.send(planner.form(/^\/replies\/replies\/[^/]+\/publication$/));
  const { href } = planner.link(new RegExp(`^/replies/${town.authority.id}/[^/]+$`));
  const action = the(/id="(action-[\w-]{22})"/.exec(planner.page.body)?.[1], 'the action on the page of its finding');
  return { ...written, href, actionHref: `${written.findingHref}#${action}` };
}

/** Reads the reply as anybody may, in both languages, without any cookie at first. @returns the share it quotes */
export async function readPublicReply(town: Town, reply: PublishedReply, cell: Cell): Promise<number> {
  const anybody = town.browser();
  await anybody.visit('/');
  await anybody.follow('/replies');
  await anybody.follow(`/replies/${town.authority.id}`);
  await anybody.follow(`/replies/${town.authority.id}/clusters/${cell.place}`);
  await anybody.follow(reply.href);
  const share = demandReply(anybody, CHILD.en.title);
  // What somebody says aloud leads to the same page.
  await anybody.follow(/^\/r\/\d+$/);
  demand(anybody.page.path === reply.href, `the short address to lead to ${reply.href}`, anybody.page.path);
  await anybody.follow(/^\/languages\/ar\b/);
  demand(anybody.page.body.includes('<html lang="ar" dir="rtl">'), 'the public page in Arabic', 'another language');
  const inArabic = demandReply(anybody, CHILD.ar.title);
  demand(inArabic === share, `the share ${share} in both languages`, inArabic);
  demand(share === cell.share, `the share of the file, ${cell.share}, on the public page`, share);
  return share;
}

/** Brings the next news before its day; what stood on the public page before still does. */
export async function bringNews(planner: Browser, town: Town, { deskHref, href }: PublishedReply): Promise<void> {
  await planner.visit(deskHref);
  const form = planner.form(`${deskHref}/updates`).fill('nextUpdateOn', dayFrom(town, 200));
  for (const [language, words] of Object.entries(replyWords.update)) form.fill(`words-${language}`, words);
  await planner.send(form);
  const anybody = town.browser();
  await anybody.visit(href);
  demandReply(anybody, CHILD.en.title);
  const { body } = anybody.page;
  demand(decode(body).includes(replyWords.update.en), 'the news on the public page', 'none');
  demand(decode(body).includes(CHILD.en.weDid), 'what was said before the news', 'none');
}

/** The four promises of a reply, read from its public page. */
export async function readPromises(town: Town, { href }: PublishedReply): Promise<SeenPromises> {
  const anybody = town.browser();
  await anybody.visit(href);
  const { body } = anybody.page;
  const value = (name: string) => the(markOf(body, `data-promise-${name}`), `the promise ${name} on ${href}`);
  return {
    full: value('full') === 'true',
    friendly: value('friendly') === 'true',
    fastDays: Number(value('fast')),
    followedUp: value('followedup') === 'kept',
  };
}

function demandReply(anybody: Browser, title: string): number {
  anybody.demandMark('data-reply-state', 'published');
  const { path, body } = anybody.page;
  demand(decode(body).includes(title), `the words "${title}" on ${path}`, 'others');
  return Number(the(markOf(body, 'data-share'), `a data-share on ${path}`));
}
