import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTHORITY, openHouse, type House } from '../support/house.ts';
import { get, post } from './chain.ts';
import { cellOf, releaseWave, type ReleasedWave } from './released.ts';

const ELSEWHERE = { id: 'otherglen', name: 'Otherglen', kind: 'demonstration' as const };

let house: House;
let wave: ReleasedWave;
let planner: Record<string, string>;

beforeAll(async () => {
  house = await openHouse();
  wave = await releaseWave(house.services.database, AUTHORITY);
  planner = await house.as('planner');
});
afterAll(() => house.close());

const address = (cell: Record<string, string>) => `/replies/findings/new?${new URLSearchParams(cell).toString()}`;

describe('making a finding', () => {
  it('begins with the released figure: its sentence, share, base, response and release', async () => {
    const page = await get(house, address(cellOf(wave.releaseId)), planner);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('About 6 in 10 pupils (<b data-share="58">58%</b>) always or mostly feel safe');
    expect(page.body).toContain('Do you feel safe where you live?');
    expect(page.body).toContain('about 60 asked');
    expect(page.body).toContain('About 60 of 80 pupils answered (75%).');
    expect(page.body).toContain(`Spring 2026, release ${wave.sha256.slice(0, 12)}`);
  });

  it('says what was answered or ticked where the figure is a question’s', async () => {
    const answered = await get(
      house,
      address(cellOf(wave.releaseId, { item: 'feel-safe', option: 'sometimes' })),
      planner,
    );
    expect(answered.body).toContain('answered “Sometimes” to “Do you feel safe where you live?”');
    const ticked = await get(house, address(cellOf(wave.releaseId, { item: 'feel-good', option: 'friends' })), planner);
    expect(ticked.body).toContain('ticked “Time with friends” at “What makes you feel good?”');
  });

  it('names the row of a question in rows, and the place of what was ranked, as the results do', async () => {
    const page = async (item: string, option: string) =>
      (await get(house, address(cellOf(wave.releaseId, { item, option })), planner)).body;
    const belong = 'How is school for you? – Do you feel that you belong?';
    const row = await page('school-life.belong', 'sometimes');
    expect(row).toContain(`answered “Sometimes” to “${belong}”`);
    expect(row.split(belong)).toHaveLength(3);
    const ranked = 'What would make the place where you live better? – More things to do';
    expect(await page('place-better.things-to-do', 'place-1')).toContain(`answered “First place” to “${ranked}”`);
    expect(await page('place-better.things-to-do', 'no-place')).toContain(`answered “Not chosen” to “${ranked}”`);
  });

  it('is kept with its reason and stands in the list', async () => {
    const cell = cellOf(wave.releaseId);
    const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'Four in ten do not.' }, planner);
    expect(made.statusCode).toBe(303);
    expect(made.headers.location).toMatch(/^\/replies\/findings\/[\w-]+\?done=finding$/);
    const page = await get(house, String(made.headers.location), planner);
    expect(page.body).toContain('Four in ten do not.');
    expect(page.body).toContain('The finding is kept.');
    const list = await get(house, '/replies/findings', planner);
    expect(list.body).toContain('Feels safe in the local area');
    expect(list.body).toContain('Finding: no action yet');
    const entries = await house.services.database.query.selectFrom('audit_entries').select('action').execute();
    expect(entries.map((entry) => entry.action)).toContain('finding-made');
  });

  it('asks again for a reason and keeps what was typed', async () => {
    const cell = cellOf(wave.releaseId);
    const empty = await post(house, '/replies/findings', { ...cell, whyItMatters: '  ' }, planner);
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('<a href="#whyItMatters">Why does this matter?: this is missing.</a>');
    const long = await post(house, '/replies/findings', { ...cell, whyItMatters: 'because '.repeat(200) }, planner);
    expect(long.statusCode).toBe(422);
    expect(long.body).toContain('because because');
    expect(long.body).toContain('make this 1,000 characters or fewer');
    // Still about the same figure.
    expect(long.body).toContain(`name="release" value="${wave.releaseId}"`);
  });

  it('refuses a hidden cell, and one that is not there, in the same words', async () => {
    for (const changed of [
      { item: 'feel-safe', option: 'never' },
      { node: 'cluster:eas', band: 's1-s2' },
      { node: 'cluster:nowhere' },
      { option: 'constructor' },
    ]) {
      const cell = cellOf(wave.releaseId, changed);
      const shown = await get(house, address(cell), planner);
      const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'It matters.' }, planner);
      expect([shown.statusCode, made.statusCode]).toEqual([404, 404]);
      expect(shown.body).toContain('This result is hidden to protect children, or there is none.');
      expect(made.body).toContain('This result is hidden to protect children, or there is none.');
    }
  });

  it('knows no release that waits for approval and none of another authority', async () => {
    const { database } = house.services;
    const { createAuthorities } = await import('../../server/storage/authorities.ts');
    await createAuthorities(database).add(ELSEWHERE, house.services.clock());
    const foreign = await releaseWave(database, ELSEWHERE);
    const waiting = await releaseWave(database, AUTHORITY, { approved: false });
    for (const { releaseId } of [foreign, waiting]) {
      const cell = cellOf(releaseId);
      expect((await get(house, address(cell), planner)).body).toContain('There is no page at this address.');
      const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'It matters.' }, planner);
      expect(made.statusCode).toBe(404);
    }
  });

  it('is for planners only', async () => {
    const cell = cellOf(wave.releaseId);
    for (const role of ['analyst', 'approver', 'administrator', 'auditor', 'youth-worker', 'forum-member'] as const) {
      const someone = await house.as(role);
      expect((await get(house, '/replies/findings', someone)).statusCode).toBe(403);
      expect((await get(house, address(cell), someone)).statusCode).toBe(403);
      const made = await post(house, '/replies/findings', { ...cell, whyItMatters: 'It matters.' }, someone);
      expect(made.statusCode).toBe(403);
    }
    expect((await get(house, '/replies/findings')).headers.location).toContain('/people/sign-in');
  });

  it('refuses fields that the form does not have', async () => {
    const fields = { ...cellOf(wave.releaseId), whyItMatters: 'It matters.', base: '1000' };
    expect((await post(house, '/replies/findings', fields, planner)).statusCode).toBe(400);
  });
});
