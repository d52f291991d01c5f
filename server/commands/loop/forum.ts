import type { Browser } from './browser.ts';
import { attribute, decode, formsOf, wordsOf } from './markup.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* A youth forum of its own: how it begins, how somebody joins, and how an idea comes to stand on its board. */

const NAME = 'Lornside young voices';
const PSEUDONYM = 'Quiet Otter';
const WORKERS = ['Worker in green', 'Worker in blue'];

/** What is said at the three events of the board, each linked to what was said before. */
const SAID = {
  needs: 'We want to walk home by ourselves',
  obstacles: 'The canal path is dark when school ends',
  ideas: 'Ask everybody how safe the way home is, then put lights where it is not',
} as const;

/** An administrator makes a forum with two youth workers, one of whom says when it is open. @returns its desk */
export async function beginForum(administrator: Browser, youthWorker: Browser): Promise<string> {
  await administrator.visit('/studio/forums');
  const form = administrator.form('/studio/forums').fill('name', NAME);
  const workers = form.choices('workers').map(({ value }) => value);
  demand(workers.length === WORKERS.length, `${WORKERS.length} youth workers to choose from`, workers.length);
  await administrator.send(form.choose('workers', ...workers).fill('shownAs', ...WORKERS));
  await youthWorker.visit('/studio/forums');
  const { path } = await youthWorker.follow(/^\/studio\/forums\/[\w-]+$/);
  const hours = youthWorker.form(`${path}/hours`);
  const week = Array.from({ length: 7 });
  // A loop runs at any hour, and what is written while a forum is closed waits for it to open.
  hours.fill('opensAt', ...week.map(() => '00:00')).fill('closesAt', ...week.map(() => '23:59'));
  await youthWorker.send(hours);
  return path.split('#')[0] ?? path;
}

/** Somebody is invited, joins under a made-up name and signs in; from now on they are the forum member of the town. */
export async function joinForum(youthWorker: Browser, town: Town, desk: string): Promise<Browser> {
  await youthWorker.visit(desk);
  const { body } = await youthWorker.send(youthWorker.form(`${desk}/invitations`));
  const link = the(/<input id="link"([^>]*)>/.exec(body)?.[1], 'the link of an invitation');
  const invitation = new URL(attribute(link, 'value') ?? '').pathname;
  const member = town.browser();
  await member.visit(invitation);
  const joining = the(formsOf(member.page.body, invitation)[0], 'a form to join the forum');
  const [picture] = joining.choices('picture');
  joining.fill('pseudonym', PSEUDONYM).choose('agreed', 'yes');
  await member.send(joining.choose('picture', the(picture, 'a picture to choose').value));
  const secrets = [...member.page.body.matchAll(/<dd class="secret"[^>]*>([\s\S]*?)<\/dd>/g)].map(([, html = '']) =>
    wordsOf(html),
  );
  const [name, password] = [the(secrets[0], 'the name of the member'), the(secrets[1], 'a pass phrase')];
  town.signIns['forum-member'] = { name, password };
  await member.visit('/people/sign-in');
  await member.send(member.form('/people/sign-in').fill('name', name).fill('password', password));
  return member;
}

/** A board from needs over what gets in the way to an idea; the member writes each. @returns the page of the idea */
export async function putIdea(youthWorker: Browser, member: Browser): Promise<string> {
  await youthWorker.visit('/studio/boards');
  const form = youthWorker.form('/studio/boards').fill('title', 'The way home').fill('about', 'How do we get home?');
  const { path: board } = await youthWorker.send(form);
  let before = '';
  for (const [kind, words] of Object.entries(SAID)) {
    await changeEvent(youthWorker, board, 'openings');
    before = await addCard(member, `${board}/events/${kind}`, words, before);
    await changeEvent(youthWorker, board, 'endings');
  }
  await member.visit(`${board}/events/ideas`);
  const { path } = await member.follow(`${board}/cards/${before}`);
  demand(decode(member.page.body).includes(SAID.ideas), 'the words of the idea on its page', 'others');
  return path;
}

/** Opens the next event of a board, or ends the one that is open: there is one such button at a time. */
async function changeEvent(youthWorker: Browser, board: string, what: 'openings' | 'endings'): Promise<void> {
  await youthWorker.visit(board);
  await youthWorker.send(youthWorker.form(`${board}/${what}`));
}

/** @returns the id of the card */
async function addCard(member: Browser, event: string, words: string, linked: string): Promise<string> {
  await member.visit(event);
  const form = member.form(`${event}/cards`).fill('words', words);
  const { path } = await member.send(linked === '' ? form : form.choose('linked', linked));
  return the(/#said-([\w-]+)$/.exec(path)?.[1], `the new card on ${event}, not ${path}`);
}
