import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { openParents } from '../support/other-waves.ts';

/* The days of a wave bind: from the first to the last day somebody may begin, and whoever has begun may finish. */

const FIRST_DAY = '2026-05-01T09:00:00.000Z';
const BEFORE = '2026-04-30T09:00:00.000Z';
const AFTER = '2026-07-01T09:00:00.000Z';

let house: FieldworkHouse;
let codes: string[];
let link: string;

beforeAll(async () => {
  house = await openFieldwork();
  const parents = await openParents(house);
  link = parents.linkPath;
  codes = await house.codes(await house.openWave(), 'hillview');
});
beforeEach(() => void (house.clock.now = FIRST_DAY));
afterAll(() => house.close());

const type = (code: string, language = 'en') => new Pupil(house, language).post('/respond/sessions', { code });

describe('a slip', () => {
  it('waits for the first day, which its pupil is told', async () => {
    house.clock.now = BEFORE;
    const pupil = await type(codes[0]!);
    expect(pupil.status).toBe(422);
    expect(pupil.page).toContain('This survey begins on 1 May 2026.');
    house.clock.now = FIRST_DAY;
    expect((await type(codes[0]!)).url).toBe('/respond/assent');
  });

  it('begins nothing after the last day', async () => {
    house.clock.now = AFTER;
    const pupil = await type(codes[1]!);
    expect(pupil.status).toBe(422);
    expect(pupil.page).toContain('The last day of this survey was 30 June 2026.');
  });

  it('says so in Arabic', async () => {
    house.clock.now = AFTER;
    expect((await type(codes[1]!, 'ar')).page).toMatch(/آخر يوم في هذا الاستبيان/);
  });

  it('still opens what was begun, until the wave is closed', async () => {
    await type(codes[2]!);
    house.clock.now = AFTER;
    expect((await type(codes[2]!)).url).toBe('/respond/assent');
  });
});

describe('a link in a letter', () => {
  it.each([
    [BEFORE, 'This survey begins on 1 May 2026.'],
    [AFTER, 'The last day to begin this survey was 30 June 2026.'],
  ])('says when the survey is, and begins nothing, at %s', async (at, words) => {
    house.clock.now = at;
    const parent = await new Pupil(house).go(link);
    expect(parent.page).toContain(words);
    expect(parent.page).not.toContain(`${link}/sessions`);
    const pressed = await new Pupil(house).post(`${link}/sessions`, {});
    expect([pressed.status, pressed.page.includes(words)]).toEqual([409, true]);
  });
});
