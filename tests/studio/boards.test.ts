import { beforeEach, describe, expect, it } from 'vitest';
import { LONGEST_CARD, MOST_LINES, STARS_EACH } from '../../server/core/boards/cards.ts';
import { EVENT_KINDS, type EventKind } from '../../server/core/boards/events.ts';
import { loadLanguages } from '../../server/web/language.ts';
import { openForum, type TestForum } from '../support/forum.ts';
import type { Somebody } from '../support/somebody.ts';
import { beginBoard } from './board-house.ts';
import { clock, get, house, neighbours, post, PROPOSAL, useStudio } from './studio-house.ts';

/* A board of a forum: needs, what gets in the way, ideas; and what adults take on. */

const english = loadLanguages().get('en')!;
const words = english.words.boards;
let forum: TestForum;
let board: string;
let author: Somebody;
let other: Somebody;

useStudio();
beforeEach(async () => {
  ({ forum, board, author, other } = await beginBoard());
  await open('needs');
});

const at = (kind: EventKind) => `${board}/events/${kind}`;
const open = (kind: EventKind) => forum.worker.post(`${board}/openings`, { kind });
const end = (kind: EventKind) => forum.worker.post(`${board}/endings`, { kind });
const idOf = (location: unknown, prefix = 'said-') => String(location).split(`#${prefix}`)[1]!;

/** @returns the id of the card */
async function add(said: string, fields: Record<string, string> = {}, kind: EventKind = 'needs', by = author) {
  const reply = await by.post(`${at(kind)}/cards`, { words: said, ...fields });
  expect(reply.statusCode).toBe(303);
  return idOf(reply.headers.location);
}
const heading = async (said: string, by = author) =>
  idOf((await by.post(`${at('needs')}/headings`, { words: said })).headers.location, 'heading-');
const page = async (somebody: Somebody, kind: EventKind = 'needs') => (await somebody.get(at(kind))).body;
const look = (somebody: Somebody, kind: EventKind = 'needs') => somebody.post(`${at(kind)}/looks`);
const move = (somebody: Somebody, card: string, to: string, version: number) =>
  somebody.post(`${board}/cards/${card}/moves`, { heading: to, version: `${version}` });

/** The words of the cards under a heading, as they stand on a page. */
function under(body: string, id: string): string[] {
  const list = body.slice(body.indexOf(`id="heading-${id}"`)).split('</section>')[0]!;
  return [...list.matchAll(/class="said-words"[^>]*>([^<]*)</g)].map((match) => match[1]!);
}

/** Goes through the three events. @returns the id of the idea */
async function toIdeas(idea = 'Open the hall on Saturdays'): Promise<string> {
  const need = await add('A warm place');
  await end('needs');
  await open('obstacles');
  const obstacle = await add('The hall is shut', { linked: need }, 'obstacles');
  await end('obstacles');
  await open('ideas');
  return add(idea, { linked: obstacle }, 'ideas');
}

describe('a board', () => {
  it('is begun by a youth worker of the forum, with a title and what it is about', async () => {
    const refused = await forum.worker.post('/studio/boards', { forum: forum.id, title: ' ', about: 'x'.repeat(301) });
    expect([refused.statusCode, refused.body.includes(words.titleFault)]).toEqual([422, true]);
    expect(refused.body).toContain(words.aboutFault);
    expect((await author.get('/studio/boards')).body).toContain('After school');
    expect((await author.get(board)).body).toContain('What is there to do?');
    const elsewhere = await openForum(house, 'Monday forum');
    const stranger = await elsewhere.join('Far Away');
    expect((await stranger.get(board)).statusCode).toBe(404);
    expect((await stranger.get(at('needs'))).statusCode).toBe(404);
    expect((await stranger.post(`${at('needs')}/cards`, { words: 'Hello' })).statusCode).toBe(404);
    expect((await stranger.get('/studio/boards')).body).not.toContain('After school');
  });

  it('opens its events in order, and what was written stays to be read when one ends', async () => {
    expect((await author.get(at('ideas'))).statusCode).toBe(404);
    expect((await open('obstacles')).statusCode).toBe(409);
    const need = await add('A warm place');
    await end('needs');
    expect((await author.post(`${at('needs')}/cards`, { words: 'Too late' })).statusCode).toBe(409);
    expect((await move(author, need, '', 1)).statusCode).toBe(409);
    expect((await open('ideas')).statusCode).toBe(409);
    expect((await open('obstacles')).statusCode).toBe(303);
    expect((await end('needs')).statusCode).toBe(409);
    expect(await page(other)).toContain('A warm place');
    expect(await page(author)).not.toContain(words.cardAdd);
  });

  it('stops whoever has not agreed to the house rules', async () => {
    await house.services.database.query.deleteFrom('forum_agreements').execute();
    expect((await author.get(at('needs'))).statusCode).toBe(409);
    expect((await author.post(`${at('needs')}/cards`, { words: 'Hello' })).statusCode).toBe(409);
  });
});

describe('a card', () => {
  it('is read by the forum, escaped, and says what is wrong where it can not be kept', async () => {
    await add('<b>Warm</b> & free');
    expect(await page(other)).toContain('&lt;b&gt;Warm&lt;/b&gt; &amp; free');
    const empty = await author.post(`${at('needs')}/cards`, { words: '  ' });
    expect([empty.statusCode, empty.body.includes(words['card-empty'])]).toEqual([422, true]);
    const long = await author.post(`${at('needs')}/cards`, { words: 'y'.repeat(LONGEST_CARD + 1) });
    expect(long.body).toContain(`A card has room for ${LONGEST_CARD} letters.`);
    expect(long.body).toContain('y'.repeat(LONGEST_CARD + 1));
  });

  it('belongs to a card of an earlier event, which is shown with it', async () => {
    const need = await add('A warm place');
    const second = await add('A bus');
    await end('needs');
    await open('obstacles');
    const alone = await author.post(`${at('obstacles')}/cards`, { words: 'The hall is shut' });
    expect([alone.statusCode, alone.body.includes(words.linkedFault)]).toEqual([422, true]);
    const id = await add('The hall is shut', { linked: need }, 'obstacles');
    expect(await page(author, 'obstacles')).toMatch(new RegExp(`${words.linkObstacleNeed} <span[^>]*>A warm place`));
    const link = `${board}/cards/${id}/links`;
    expect((await author.post(link, { linked: id, version: '1' })).statusCode).toBe(422);
    expect((await author.post(link, { linked: second, version: '1' })).statusCode).toBe(303);
    expect(await page(author, 'obstacles')).toMatch(new RegExp(`${words.linkObstacleNeed} <span[^>]*>A bus`));
  });

  it.each(['I want to die', 'message me on @quietotter', 'only a wanker would ask'])(
    'is kept back from others where it says “%s”, with why for its author',
    async (said) => {
      const id = await add(said);
      expect(await page(author)).toContain('class="notice"');
      expect(await page(author)).toContain(said);
      expect(await page(other)).not.toContain(said);
      expect((await other.get(`${board}/cards/${id}`)).statusCode).toBe(404);
      expect(await page(forum.worker)).toContain(said);
      await forum.worker.post(`/studio/contributions/${id}/decision`, { shown: 'yes', note: '' });
      await look(other);
      expect(await page(other)).toContain(said);
    },
  );

  it('waits with its heading while the forum is closed', async () => {
    const thursday = [{ weekday: 4 as const, opensAt: '16:00', closesAt: '18:00' }];
    clock.now = '2026-05-07T14:00:00.000Z';
    const late = await openForum(house, 'Evening forum', thursday);
    const [owl, bird] = [await late.join('Night Owl'), await late.join('Early Bird')];
    const fields = { forum: late.id, title: 'Evenings', about: 'What then?' };
    board = String((await late.worker.post('/studio/boards', fields)).headers.location);
    await late.worker.post(`${board}/openings`, { kind: 'needs' });
    const top = await heading('Places', owl);
    await add('Written too early', { heading: top }, 'needs', owl);
    expect(await page(bird)).not.toMatch(/Written too early|Places/);
    clock.now = '2026-05-07T15:00:00.000Z';
    expect(await page(bird)).toContain('2 changes since you looked');
    await look(bird);
    expect(under(await page(bird), top)).toEqual(['Written too early']);
  });

  it('is taken back by its author alone, and leaves the board at once', async () => {
    const id = await add('Never mind');
    await author.post(`/studio/contributions/${id}/consent`, { agrees: 'yes' });
    await page(other);
    expect((await other.post(`${board}/cards/${id}/withdrawal`)).statusCode).toBe(404);
    expect((await author.post(`${board}/cards/${id}/withdrawal`)).statusCode).toBe(303);
    expect(await page(other)).not.toContain('Never mind');
    expect((await author.get(`${board}/cards/${id}`)).statusCode).toBe(404);
    expect((await author.get(`/studio/contributions/${id}`)).body).not.toContain(english.words.forum.consentNow);
  });
});

describe('headings', () => {
  it('are made by members and youth workers, and cards are moved under them', async () => {
    const top = await heading('Places');
    const second = await heading('People', forum.worker);
    const id = await add('A warm place', { heading: top });
    await look(author);
    expect(under(await page(author), top)).toEqual(['A warm place']);
    expect((await move(author, id, second, 1)).statusCode).toBe(303);
    expect([under(await page(author), top), under(await page(author), second)]).toEqual([[], ['A warm place']]);
    await move(author, id, '', 2);
    expect(under(await page(author), 'none')).toEqual(['A warm place']);
    const wrong = await author.post(`${at('needs')}/headings`, { words: '' });
    expect([wrong.statusCode, wrong.body.includes(words['heading-empty'])]).toEqual([422, true]);
  });

  it('stand in a list of their own on each event', async () => {
    const top = await heading('Places');
    await end('needs');
    await open('obstacles');
    expect(await page(author, 'obstacles')).not.toContain(`heading-${top}`);
  });
});

describe('what others do', () => {
  it('waits until one wants to see it, and is marked then', async () => {
    const top = await heading('Places');
    const id = await add('A warm place');
    expect(under(await page(other), 'none')).toEqual(['A warm place']);
    await add('A bus');
    await move(author, id, top, 1);
    const before = await page(other);
    expect(before).toContain('2 changes since you looked');
    expect([under(before, 'none'), before.includes('A bus')]).toEqual([['A warm place'], false]);
    await look(other);
    const after = await page(other);
    expect([under(after, top), under(after, 'none')]).toEqual([['A warm place'], ['A bus']]);
    expect(after.split(words.newMark)).toHaveLength(3);
    expect(after).not.toContain('since you looked');
    await look(other);
    expect(await page(other)).not.toContain(`>${words.newMark}<`);
  });

  it('never hides one’s own changes', async () => {
    await page(author);
    await page(other);
    await add('From the other', {}, 'needs', other);
    await add('My own');
    const body = await page(author);
    expect([body.includes('My own'), body.includes('From the other')]).toEqual([true, false]);
    expect(body).toContain('1 change since you looked');
  });

  it('at the same time as oneself is shown, and nothing is lost', async () => {
    const [top, second] = [await heading('Places'), await heading('People')];
    const id = await add('A warm place');
    await page(other);
    await move(author, id, top, 1);
    const late = await move(other, id, second, 1);
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('It stands under');
    expect(under(late.body, top)).toEqual(['A warm place']);
    const version = Number(/name="version" value="(\d+)"/.exec(late.body)![1]);
    expect((await move(other, id, second, version)).statusCode).toBe(303);
    expect(under(await page(other), second)).toEqual(['A warm place']);
  });
});

describe('stars', () => {
  const star = (somebody: Somebody, id: string) => somebody.post(`${board}/cards/${id}/stars`);

  it('are few, one a card, and can be taken back', async () => {
    const ids: string[] = [];
    for (let number = 0; number <= STARS_EACH; number += 1) ids.push(await add(`Need number ${number}`));
    for (const id of ids.slice(0, STARS_EACH)) expect((await star(author, id)).statusCode).toBe(303);
    await star(author, ids[0]!);
    expect(await page(author)).toContain(`You have 0 of ${STARS_EACH} stars left.`);
    const none = await star(author, ids[STARS_EACH]!);
    expect([none.statusCode, none.body.includes(`You have given all ${STARS_EACH} stars.`)]).toEqual([422, true]);
    await author.post(`${board}/cards/${ids[0]!}/star-removals`);
    expect((await star(author, ids[STARS_EACH]!)).statusCode).toBe(303);
    expect((await star(forum.worker, ids[0]!)).statusCode).toBe(403);
  });

  it('of others are counted in sight only when the event has ended', async () => {
    const id = await add('A warm place');
    await star(author, id);
    await star(other, id);
    expect(await page(other)).not.toContain('2 stars');
    await end('needs');
    expect(await page(other)).toContain('2 stars');
    expect((await star(other, id)).statusCode).toBe(409);
  });

  it('come back from a card that is taken out of sight', async () => {
    const ids: string[] = [];
    for (let number = 0; number <= STARS_EACH; number += 1) ids.push(await add(`Need number ${number}`));
    for (const id of ids.slice(0, STARS_EACH)) await star(other, id);
    await forum.worker.post(`/studio/contributions/${ids[0]!}/hiding`, { reason: 'Twice the same.' });
    expect(await page(other)).toContain(`You have 1 of ${STARS_EACH} stars left.`);
    expect((await star(other, ids[STARS_EACH]!)).statusCode).toBe(303);
  });
});

describe('a meeting in a room', () => {
  it('is typed in by a youth worker, a card a line', async () => {
    const reply = await forum.worker.post(`${at('needs')}/room-cards`, { words: '- Warm place\n\n- A bus\n- A bus\n' });
    expect(reply.statusCode).toBe(303);
    const body = await page(author);
    expect(under(body, 'none').toSorted()).toEqual(['A bus', 'Warm place']);
    expect(body).toContain(words.fromRoom);
    expect((await author.post(`${at('needs')}/room-cards`, { words: 'Mine' })).statusCode).toBe(403);
  });

  it('loses nothing where a line is too long or there are too many', async () => {
    const typed = `Fine\n${'z'.repeat(LONGEST_CARD + 1)}`;
    const long = await forum.worker.post(`${at('needs')}/room-cards`, { words: typed });
    expect([long.statusCode, long.body.includes('Card 2 is longer than')]).toEqual([422, true]);
    expect(long.body).toContain('z'.repeat(LONGEST_CARD + 1));
    expect(under(await page(author), 'none')).toEqual([]);
    const many = Array.from({ length: MOST_LINES + 1 }, (_, number) => `Line ${number}`).join('\n');
    expect((await forum.worker.post(`${at('needs')}/room-cards`, { words: many })).statusCode).toBe(422);
  });

  it('has a plan to print, for three sessions of an hour', async () => {
    const { body } = await forum.worker.get(`${board}/plan`);
    for (const kind of EVENT_KINDS) expect(body).toContain(words[`say-${kind}-write`].split('.')[0]);
    const minutes = [...body.matchAll(/>(\d+) minutes</g)].map((match) => Number(match[1]));
    expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(3 * 60);
    expect(body).toContain(words.withoutWall.split('.')[0]);
    expect((await author.get(`${board}/plan`)).statusCode).toBe(403);
  });
});

describe('an idea', () => {
  const proposal = { ...PROPOSAL, question: 'Is the hall open when you need it?' };

  it('becomes a question that remembers it, for the forum alone', async () => {
    const idea = await toIdeas();
    const form = `/studio/proposals/new?card=${idea}`;
    expect((await author.get(`${board}/cards/${idea}`)).body).toContain(form.replace('&', '&amp;'));
    const filled = (await author.get(form)).body;
    expect(filled).toMatch(/<textarea id="why"[^>]*>Open the hall on Saturdays</);
    const proposed = await author.post('/studio/proposals', { ...proposal, card: idea });
    const href = String(proposed.headers.location);
    expect((await author.get(href)).body).toContain(`${board}/cards/${idea}`);
    expect(await page(other, 'ideas')).toMatch(new RegExp(`href="${href}">${words.becameQuestion}`));
    for (const role of ['approver', 'analyst'] as const)
      expect((await get(role, href)).body).not.toMatch(/Open the hall|\/studio\/boards\/[^"]+\/cards/);
  });

  it('of somebody who has not agreed is not copied into what adults read', async () => {
    const idea = await toIdeas();
    const filled = (await other.get(`/studio/proposals/new?card=${idea}`)).body;
    expect(filled).toMatch(/<textarea id="why"[^>]*><\/textarea>/);
    await author.post(`/studio/contributions/${idea}/consent`, { agrees: 'yes' });
    expect((await other.get(`/studio/proposals/new?card=${idea}`)).body).toMatch(/id="why"[^>]*>Open the hall/);
  });

  it('is put before adults by its author, on its own page', async () => {
    const idea = await toIdeas();
    const action = `/studio/contributions/${idea}/consent`;
    expect((await author.get(`${board}/cards/${idea}`)).body).toContain(`action="${action}"`);
    expect((await other.get(`${board}/cards/${idea}`)).body).not.toContain(action);
    expect(await page(author, 'ideas')).toContain(words.consentHint);
  });

  it('is none that is not there for this person', async () => {
    const need = await add('A warm place');
    expect((await author.get(`/studio/proposals/new?card=${need}`)).statusCode).toBe(404);
    expect((await author.post('/studio/proposals', { ...proposal, card: 'none' })).statusCode).toBe(404);
    const stranger = await (await openForum(house, 'Monday forum')).join('Far Away');
    await end('needs');
    const idea = await toIdeasFrom(need);
    expect((await stranger.get(`/studio/proposals/new?card=${idea}`)).statusCode).toBe(404);
  });

  async function toIdeasFrom(need: string): Promise<string> {
    await open('obstacles');
    await end('obstacles');
    await open('ideas');
    return add('Open the hall', { linked: need }, 'ideas');
  }
});

describe('what adults take on', () => {
  const signing = { as: 'Head of youth services', words: 'We open the hall.', due: '2026-09-01' };
  const sign = (card: string, fields = signing) => post('planner', `${board}/cards/${card}/undertakings`, fields);

  it('is signed on an ended board, and only on ideas whose authors agreed', async () => {
    const agreed = await toIdeas();
    const quiet = await add('Only for us', { linked: agreedLink(await page(author, 'ideas')) }, 'ideas');
    await author.post(`/studio/contributions/${agreed}/consent`, { agrees: 'yes' });
    expect((await get('planner', `${board}/undertakings`)).statusCode).toBe(404);
    await end('ideas');
    expect((await get('planner', '/studio/boards')).body).toContain(`${board}/undertakings`);
    const { body } = await get('planner', `${board}/undertakings`);
    expect([body.includes('Open the hall on Saturdays'), body.includes('Only for us')]).toEqual([true, false]);
    expect(body).not.toMatch(/Quiet Otter|A warm place/);
    expect((await sign(quiet)).statusCode).toBe(404);
    expect((await sign(agreed)).statusCode).toBe(303);
    expect((await sign(agreed)).statusCode).toBe(409);
    const told = await page(other, 'ideas');
    for (const said of [words.takenOn, signing.words, signing.as, '1 September 2026']) expect(told).toContain(said);
    await author.post(`/studio/contributions/${agreed}/consent`, { agrees: 'no' });
    expect((await get('approver', `${board}/undertakings`)).body).not.toContain('Open the hall on Saturdays');
  });

  it('says what is missing and keeps what was typed', async () => {
    const idea = await toIdeas();
    await author.post(`/studio/contributions/${idea}/consent`, { agrees: 'yes' });
    await end('ideas');
    const wrong = await sign(idea, { as: '', words: 'We will see.', due: '2026-04-30' });
    expect([wrong.statusCode, wrong.body.includes(words.asFault)]).toEqual([422, true]);
    expect(wrong.body).toContain(words['due-past']);
    expect(wrong.body).toContain('We will see.');
    expect((await sign(idea, { ...signing, due: 'soon' })).body).toContain(words['due-not-a-day']);
  });

  it('is not there for another council', async () => {
    const idea = await toIdeas();
    await author.post(`/studio/contributions/${idea}/consent`, { agrees: 'yes' });
    await end('ideas');
    const headers = await neighbours('planner');
    expect((await house.app.inject({ url: `${board}/undertakings`, headers })).statusCode).toBe(404);
    expect((await house.app.inject({ url: '/studio/boards', headers })).body).not.toContain('After school');
  });

  /** The first card that a new idea can be linked to. */
  const agreedLink = (body: string) =>
    /<select id="linked"[^>]*><option value="">[^<]*<\/option><option value="([^"]+)"/.exec(body)![1]!;
});

describe('the record', () => {
  it('says what was done with boards, and nothing of what was written', async () => {
    const idea = await toIdeas();
    await author.post(`/studio/contributions/${idea}/consent`, { agrees: 'yes' });
    await end('ideas');
    await post('planner', `${board}/cards/${idea}/undertakings`, { as: 'Head', words: 'Secretly', due: '2026-09-01' });
    const { query } = house.services.database;
    const entries = await query.selectFrom('audit_entries').select(['action', 'subject']).execute();
    const actions = entries.map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['board-made', 'board-event-opened', 'board-event-ended', 'board-idea-signed']),
    );
    expect(JSON.stringify(entries)).not.toMatch(/After school|Open the hall|Secretly/);
  });
});
