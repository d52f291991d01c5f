import replyWords from '../seed/reply.json' with { type: 'json' };
import type { Browser } from './browser.ts';
import { dayFrom } from './fieldwork.ts';
import { decode, markOf } from './markup.ts';
import { openNewFinding, type Cell } from './results.ts';
import type { MadeRelease } from './release.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* From a figure to an answer that everybody may read: finding, action, reply. */

export interface PublishedReply {
  findingHref: string;
  /** Its public page. */
  href: string;
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

/** Writes the reply in both languages; without its reason it is refused. */
export async function writeReply(planner: Browser, town: Town, findingHref: string): Promise<void> {
  await planner.visit(findingHref);
  const form = planner.form(/^\/replies\/actions\/[^/]+\/replies$/);
  form.choose('decision', replyWords.decision).fill('owner', replyWords.owner);
  form.fill('nextUpdateOn', dayFrom(town, 120));
  for (const [language, words] of Object.entries(replyWords.texts)) {
    for (const [part, text] of Object.entries(words)) form.fill(`${part}-${language}`, text);
  }
  form.fill('why-ar', '');
  const refused = await planner.trySending(form);
  demand(refused.status === 422, 'a reply without its why to be refused with status 422', refused.status);
  await planner.send(planner.form(form.action).fill('why-ar', replyWords.texts.ar.why));
}

export async function publishReply(planner: Browser, town: Town, findingHref: string): Promise<PublishedReply> {
  await planner.visit(findingHref);
  await planner.send(planner.form(/^\/replies\/replies\/[^/]+\/publication$/));
  const { href } = planner.link(new RegExp(`^/replies/${town.authority.id}/[^/]+$`));
  return { findingHref, href };
}

/** Reads the reply as anybody may, in both languages, without any cookie at first. @returns the share it quotes */
export async function readPublicReply(town: Town, reply: PublishedReply, cell: Cell): Promise<number> {
  const anybody = town.browser();
  await anybody.visit('/');
  await anybody.follow('/replies');
  await anybody.follow(`/replies/${town.authority.id}`);
  await anybody.follow(`/replies/${town.authority.id}/clusters/${cell.place}`);
  await anybody.follow(reply.href);
  const share = demandReply(anybody, replyWords.texts.en.title);
  await anybody.follow(/^\/languages\/ar\b/);
  demand(anybody.page.body.includes('<html lang="ar" dir="rtl">'), 'the public page in Arabic', 'another language');
  const inArabic = demandReply(anybody, replyWords.texts.ar.title);
  demand(inArabic === share, `the share ${share} in both languages`, inArabic);
  demand(share === cell.share, `the share of the file, ${cell.share}, on the public page`, share);
  return share;
}

function demandReply(anybody: Browser, title: string): number {
  anybody.demandMark('data-reply-state', 'published');
  const { path, body } = anybody.page;
  demand(decode(body).includes(title), `the words "${title}" on ${path}`, 'others');
  return Number(the(markOf(body, 'data-share'), `a data-share on ${path}`));
}
