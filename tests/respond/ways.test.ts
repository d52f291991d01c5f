import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

let house: FieldworkHouse;
let codes: string[];
let wave: string;

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  codes = await house.codes(wave, 'burnside');
});
afterAll(() => house.close());

const waveId = () => wave.split('/').at(-1)!;

describe('another way to answer', () => {
  it('is the easy-read survey, with symbols, which keeps what was answered so far', async () => {
    const pupil = await new Pupil(house).start(codes.pop()!);
    await pupil.answer();
    const usual = pupil.hidden('version');
    await pupil.go('/respond/ways');
    expect(pupil.page).toContain('easy-read');
    await pupil.post('/respond/ways', { easyRead: 'yes' });
    expect(pupil.url).toMatch(/^\/respond\/pages\/\d+$/);
    expect(pupil.hidden('version')).not.toBe(usual);
    expect(pupil.page).toContain('/public/symbols/');
    await pupil.answerAll();
    expect(pupil.url).toBe('/respond/check');
    // The first answer was given in the usual survey and is still there.
    expect(pupil.page).not.toContain('>Skipped<');
    await pupil.post('/respond/ways', {});
    expect(pupil.url).toMatch(/^\/respond\/pages\/\d+$/);
    expect(pupil.hidden('version')).toBe(usual);
  });

  it('sends what the easy-read survey asked, as a response of that version', async () => {
    const pupil = await new Pupil(house).start(codes.pop()!);
    await pupil.post('/respond/ways', { easyRead: 'yes' });
    const version = pupil.hidden('version');
    await pupil.answerAll();
    await pupil.send();
    expect(pupil.url).toMatch(/^\/respond\/finished/);
    const { query } = house.services.database;
    const rows = await query.selectFrom('responses').select('version_id').where('version_id', '=', version).execute();
    expect(rows).toHaveLength(1);
  });

  it('is with a supporter, which is counted for the wave and kept with nothing', async () => {
    const { query } = house.services.database;
    const supported = async () =>
      (await query.selectFrom('wave_tallies').select(['name', 'count']).where('wave_id', '=', waveId()).execute()).find(
        ({ name }) => name === 'supporter',
      )?.count ?? 0;
    const before = await supported();
    const pupil = await new Pupil(house).start(codes.pop()!);
    await pupil.post('/respond/ways', { supporter: 'yes' });
    expect((await pupil.go('/respond/ways')).page).toMatch(/name="supporter" value="yes" checked/);
    expect(pupil.page).toContain('/fieldwork/script/supporter');
    await pupil.go('/respond/next');
    await (await pupil.answerAll()).send();
    expect(await supported()).toBe(before + 1);
    const columns = Object.keys((await query.selectFrom('responses').selectAll().execute())[0]!);
    expect(columns.join(' ')).not.toContain('support');
  });
});
