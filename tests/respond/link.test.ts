import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tables } from '../../server/storage/tables.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { openParents, type ParentsWave } from '../support/other-waves.ts';
import { rowsOf } from '../support/stored-wave.ts';

let house: FieldworkHouse;
let parents: ParentsWave;

beforeAll(async () => {
  house = await openFieldwork();
  parents = await openParents(house);
});
afterAll(() => house.close());

const waveId = () => parents.wave.split('/').at(-1)!;
const rows = <Table extends keyof Tables>(table: Table) => rowsOf(house.services.database, table, waveId());

/** A parent who has pressed Start. */
async function begin(language = 'en'): Promise<Pupil> {
  const parent = await new Pupil(house, language).go(parents.linkPath);
  return parent.post(`${parents.linkPath}/sessions`, {});
}

describe('a parent with a link', () => {
  it('chooses a language first, and spends nothing by following the link', async () => {
    const before = (await rows('codes')).length;
    const parent = await new Pupil(house, 'ar').go(parents.linkPath);
    expect(parent.page).toContain('<html lang="ar" dir="rtl">');
    expect(parent.page).toMatch(/href="\/languages\/en\?back=/);
    expect((await rows('codes')).length).toBe(before);
  });

  it('is shown a code once, with which another device goes on', async () => {
    const parent = await begin();
    expect(parent.url).toBe('/respond/new-code');
    const code = /code-shape[^>]*><b>([A-Z0-9-]+)</.exec(parent.page)![1]!;
    expect((await parent.go('/respond/new-code')).url).toBe('/respond/assent');
    await parent.assent();
    await parent.choosePicture('none');
    await parent.answer();
    const other = await new Pupil(house).post('/respond/sessions', { code });
    expect(other.url).toMatch(/^\/respond\/pages\/\d+$/);
    expect(other.url).not.toBe('/respond/pages/1');
  });

  it('answers as on a device of their own, in words for grown-ups', async () => {
    const parent = await begin();
    await parent.go('/respond/assent');
    expect(parent.page).toContain('your child');
    expect(parent.page).toContain('Leave quickly');
  });

  it.each(['en', 'ar'])(
    'goes the whole way in %s and is kept apart from pupils, by the age of the child',
    async (language) => {
      const before = (await rows('open_responses')).length;
      const parent = await begin(language);
      await parent.go('/respond/assent');
      await parent.assent();
      await parent.choosePicture('none');
      await parent.answerAll();
      expect(parent.url).toBe('/respond/check');
      await parent.send();
      expect(parent.url).toMatch(/^\/respond\/finished/);
      const responses = await rows('open_responses');
      expect(responses).toHaveLength(before + 1);
      expect(responses.every(({ band_id: band }) => band === 'age-0-2')).toBe(true);
      expect(Object.keys(responses[0]!)).not.toContain('school_id');
      expect(await rows('responses')).toEqual([]);
      expect((await rows('codes')).some(({ state }) => state === 'spent')).toBe(true);
    },
  );

  it('is counted for the wave: starts, sendings and those who said no', async () => {
    const parent = await begin();
    await parent.go('/respond/assent');
    await parent.post('/respond/assent', { attempt: parent.hidden('attempt'), decision: 'no' });
    const counts = Object.fromEntries((await rows('wave_tallies')).map(({ name, count }) => [name, count]));
    expect(counts).toMatchObject({ declined: 1, sent: 2 });
    expect(counts.started).toBeGreaterThanOrEqual(4);
  });

  it.each(['/respond/links/nonsense-nonsense', '/respond/links/x', '/respond/links/..%2f'])(
    'with a wrong address (%s) is told kindly',
    async (url) => {
      const parent = await new Pupil(house).go(url);
      expect(parent.status).toBeGreaterThanOrEqual(400);
      expect(parent.status).toBeLessThan(500);
      expect(parent.page).toContain('<html lang="en"');
    },
  );

  it('who comes when the wave has closed is told so', async () => {
    await house.post('administrator', `${parents.wave}/closing`, { sure: 'yes' });
    expect((await new Pupil(house).go(parents.linkPath)).status).toBe(410);
    expect((await new Pupil(house).post(`${parents.linkPath}/sessions`, {})).status).toBe(410);
    // What was sent stays; whatever was not, is gone.
    expect((await rows('open_responses')).length).toBeGreaterThan(0);
    expect(await rowsOf(house.services.database, 'drafts', waveId())).toEqual([]);
  });
});
