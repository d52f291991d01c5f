import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { openForum, type TestForum } from '../support/forum.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';
import type { Somebody } from '../support/somebody.ts';
import { get, post, REPLY, writeReply } from './chain.ts';
import { cellOf, releaseWave } from './released.ts';

/* What others say of a reply before everybody reads it: the forum, and a second person for each language. */

const LIST = '/studio/forum/replies';
let house: House;
let planner: Record<string, string>;
let written: Awaited<ReturnType<typeof writeReply>>;
let desk: string;
const clock: TestClock = { now: '2026-05-01T09:00:00.000Z' };

async function open(kind: 'real' | 'demonstration'): Promise<void> {
  clock.now = '2026-05-01T09:00:00.000Z';
  house = await openHouse({ clock, authority: { ...AUTHORITY, kind } });
  const wave = await releaseWave(house.services.database, AUTHORITY);
  planner = await house.as('planner');
  written = await writeReply(house, planner, cellOf(wave.releaseId));
  desk = `/replies/replies/${written.replyId}`;
}
afterEach(() => house.close());

describe('the forum', () => {
  let forum: TestForum;
  let otter: Somebody;
  let heron: Somebody;
  let address: string;

  beforeEach(async () => {
    await open('demonstration');
    forum = await openForum(house);
    otter = await forum.join('Quiet Otter');
    heron = await forum.join('Grey Heron', 'boat');
    expect((await otter.get(LIST)).body).toContain('There is nothing to read now.');
    expect((await post(house, `${desk}/checks`, {}, planner)).headers.location).toBe(`${desk}?done=asked`);
    address = new RegExp(`href="(${LIST}/[^"]+)"`).exec((await otter.get(LIST)).body)![1]!;
  });

  const verdict = (who: Somebody, clear: 'yes' | 'no', words = '') => who.post(`${address}/verdicts`, { clear, words });

  it('reads the children’s words and the easy ones, and its count stands by the reply', async () => {
    const { body } = await otter.get(address);
    for (const words of [REPLY['why-child-en'], REPLY['why-easy-read-en']]) expect(body).toContain(words);
    expect(body).not.toContain('(adult)');
    expect((await verdict(otter, 'yes')).headers.location).toBe(`${LIST}?told=thanks`);
    await verdict(heron, 'no');
    expect((await get(house, desk, planner)).body).toContain('Clear: 1. Not clear: 1.');
    // Whoever changes their mind is counted once.
    await verdict(heron, 'yes');
    const found = (await get(house, desk, planner)).body;
    expect(found).toContain('Clear: 2. Not clear: 0.');
    expect(found).toContain('data-found-clear="yes"');
    expect((await heron.get(address)).body).toContain('You said: Yes, it is clear.');
  });

  it('makes a reply friendly, which the public page says without numbers or names', async () => {
    await verdict(otter, 'yes', 'Clear to me.');
    await verdict(heron, 'yes');
    await post(house, written.publication, {}, planner);
    const { body } = await get(house, `/replies/strathlorn/${written.replyId}`);
    expect(body).toContain('Young people of the youth forum read these words');
    expect(body).toContain('data-promise-friendly="true"');
    expect(body).toContain('data-promise-full="true"');
    expect(body).not.toMatch(/Clear to me|Otter|Not clear: 0/);
  });

  it('writes what would make it better, which planners read without a name, and nothing that is kept back', async () => {
    await verdict(otter, 'no', 'What is a shelter?');
    await verdict(heron, 'no', 'Tell me on @heron.');
    const { body } = await get(house, desk, planner);
    expect(body).toContain('What is a shelter?');
    expect(body).not.toMatch(/Otter|@heron/);
    // Youth workers see what is kept back at their desk, as with everything that is written in a forum.
    expect((await forum.worker.get(forum.desk)).body).toContain('@heron');
  });

  it('is asked again about other words; what was said of the first is not said of them', async () => {
    await verdict(otter, 'yes');
    clock.now = '2026-05-01T09:10:00.000Z';
    await post(house, written.replyForm, { ...REPLY, 'why-child-en': 'It floods.' }, planner);
    expect((await get(house, desk, planner)).body).toContain('The forum has not been asked about these words.');
    expect((await otter.get(address)).headers.location).toBe(`${LIST}?told=changed`);
    expect((await verdict(heron, 'no')).headers.location).toBe(`${LIST}?told=changed`);
    expect((await heron.get(LIST)).body).not.toContain(REPLY['title-child-en']);
  });

  it('says nothing by accident: a verdict is asked for, and words that are too long come back', async () => {
    const none = await otter.post(`${address}/verdicts`, { words: 'Hm.' });
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('<a href="#clear">Say whether it is clear.</a>');
    expect(none.body).toContain('>Hm.</textarea>');
    const long = await verdict(otter, 'yes', 'x'.repeat(1001));
    expect(long.body).toContain('<a href="#words">Write 1000 letters or fewer.</a>');
    expect((await get(house, desk, planner)).body).toContain('Clear: 0. Not clear: 0.');
  });

  it('leaves verdicts to young people: a youth worker reads and gives none', async () => {
    const page = await forum.worker.get(address);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('/verdicts"');
    expect((await forum.worker.post(`${address}/verdicts`, { clear: 'yes' })).statusCode).toBe(403);
  });
});

describe('the languages of a real authority', () => {
  beforeEach(() => open('real'));

  /** Another planner of the same authority. */
  async function second(): Promise<Record<string, string>> {
    const { database } = house.services;
    const account = { authorityId: house.authorityId, signInName: 'second', passwordHash: 'none' };
    const added = await createAccounts(database).add({ ...account, roles: ['planner'] }, clock.now);
    if (added === 'name-taken') throw new Error('There is a second planner already.');
    const until = '2999-01-01T00:00:00.000Z';
    const token = await createStaffSessions(database).start(added.id, clock.now, until, clock.now);
    return { cookie: `heard-staff=${token}; heard-language=en` };
  }

  it('are each read by somebody else than who wrote them, or nothing is published and it is told what is missing', async () => {
    const refused = await post(house, written.publication, {}, planner);
    expect(refused.statusCode).toBe(422);
    for (const language of ['English', 'Arabic'])
      expect(refused.body).toContain(`<a href="#languages">${language}: a second person has to read these words`);
    expect((await get(house, `/replies/strathlorn/${written.replyId}`)).statusCode).toBe(404);

    const own = await post(house, `${desk}/reviews`, { language: 'en', wordsAt: clock.now }, planner);
    expect(own.statusCode).toBe(403);
    expect((await get(house, desk, planner)).body).not.toContain('/reviews"');

    const other = await second();
    await post(house, `${desk}/reviews`, { language: 'en', wordsAt: clock.now }, other);
    const half = await post(house, written.publication, {}, planner);
    expect(half.statusCode).toBe(422);
    expect(half.body).not.toContain('English: a second person');
    await post(house, `${desk}/reviews`, { language: 'ar', wordsAt: clock.now }, other);
    expect((await post(house, written.publication, {}, planner)).statusCode).toBe(303);
    const { body } = await get(house, `/replies/strathlorn/${written.replyId}`);
    expect(body).not.toContain('Nobody has read these words twice yet');
    expect((await post(house, `${desk}/reviews`, { language: 'en', wordsAt: clock.now }, other)).statusCode).toBe(409);
  });

  it('are read again when they were rewritten, and not when the same words were only sent again', async () => {
    const other = await second();
    for (const language of ['en', 'ar']) await post(house, `${desk}/reviews`, { language, wordsAt: clock.now }, other);
    await post(house, written.replyForm, REPLY, planner);
    expect((await get(house, desk, planner)).body).toContain('data-missing="0"');
    clock.now = '2026-05-02T09:00:00.000Z';
    await post(house, written.replyForm, { ...REPLY, 'why-adult-ar': 'سبب آخر.' }, planner);
    expect((await get(house, desk, planner)).body).toContain('data-missing="2"');
    // Who had the old words on the page has not read the new ones.
    const old = { language: 'ar', wordsAt: '2026-05-01T09:00:00.000Z' };
    expect((await post(house, `${desk}/reviews`, old, other)).headers.location).toBe(`${desk}?done=changed`);
    expect((await get(house, `${desk}?done=changed`, other)).body).toContain('data-missing="2"');
  });
});
