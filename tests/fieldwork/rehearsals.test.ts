import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumeClosings } from '../../server/fieldwork/close-wave.ts';
import { gatherInput } from '../../server/release/gather.ts';
import { endLateRehearsals } from '../../server/fieldwork/rehearse.ts';
import { createClosings } from '../../server/storage/closings.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { NEVER_OF_A_REHEARSAL, OTHER_TABLES, PERSONAL_TABLES } from '../../server/storage/wave-rows.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { settleWave } from '../support/settled-wave.ts';
import { sheetsOn, teacherOf } from '../support/teacher.ts';
import { page, recorded } from './own-survey.ts';

/* A rehearsal: everything as it will be, nothing of it counts, nothing of it stays. */

let house: FieldworkHouse;

beforeAll(async () => {
  house = await openFieldwork();
});
afterAll(() => house.close());

const idOf = (wave: string) => wave.split('/').at(-1)!;
const begin = async (wave: string) =>
  String((await house.post('administrator', `${wave}/rehearsals`, {})).headers.location);
const end = (wave: string, rehearsal: string) =>
  house.post('administrator', `${wave}/rehearsals/${idOf(rehearsal)}/removal`, {});
const find = (wave: string) => createWaves(house.services.database).find(idOf(wave));

/** A wave that lacks nothing but its rehearsal. */
async function toRehearse(): Promise<string> {
  const made = await house.post('administrator', '/fieldwork/waves', { name: 'Spring 2026', family: 'pupils' });
  const wave = String(made.headers.location);
  const schools = { schools: ['burnside', 'lochend'], agreed: 'lochend' };
  await settleWave(house, wave, { stages: { bands: ['p5-p7', 's1-s2'] }, schools, rehearsal: null });
  return wave;
}

/** Tables that still hold something of a wave, by asking each that knows waves. */
async function tablesWith(waveId: string): Promise<string[]> {
  const { query } = house.services.database;
  const found: string[] = [];
  for (const { name } of await wavesTables()) {
    const rows = await query
      .selectFrom(name as 'codes')
      .select('wave_id')
      .where('wave_id', '=', waveId)
      .execute();
    if (rows.length > 0) found.push(name);
  }
  return found;
}
async function wavesTables() {
  const tables = await house.services.database.query.introspection.getTables();
  return tables.filter(({ columns }) => columns.some(({ name }) => name === 'wave_id'));
}

describe('the tables of a wave', () => {
  it('are all in a list of what is deleted with its answers, with a rehearsal, or never belongs to one', async () => {
    const listed = [...PERSONAL_TABLES, ...OTHER_TABLES].filter(({ tie }) => tie === 'wave').map(({ name }) => name);
    const known = new Set<string>([...listed, ...NEVER_OF_A_REHEARSAL]);
    expect((await wavesTables()).map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('a rehearsal', () => {
  it('is a wave of its own with the same surveys, schools and bands, open at once and marked', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const [real, trial] = [await find(wave), await find(rehearsal)];
    expect(trial).toMatchObject({
      rehearsalOf: idOf(wave),
      state: 'open',
      name: 'Rehearsal: Spring 2026',
      versionIds: real?.versionIds,
      bands: real?.bands,
    });
    const { body } = await page(house, rehearsal);
    expect(body).toContain('data-rehearsal');
    expect(body).toContain('Rehearsal: nothing counts.');
    expect((await page(house, rehearsal, 'ar')).body).toContain('تجربة: لا يُحتسب شيء.');
    expect((await page(house, '/fieldwork')).body).not.toContain(idOf(rehearsal));
    expect(await recorded(house, 'rehearsal-begun')).toContainEqual({
      by: house.accounts.administrator,
      action: 'rehearsal-begun',
      subject: idOf(wave),
    });
    expect((await house.post('administrator', `${wave}/rehearsals`, {})).statusCode).toBe(409);
  });

  it('needs stages and schools, and says so', async () => {
    const made = await house.post('administrator', '/fieldwork/waves', { name: 'Bare', family: 'pupils' });
    const wave = String(made.headers.location);
    const reply = await house.post('administrator', `${wave}/rehearsals`, {});
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('No stages are chosen.');
  });

  it('is marked on every page of whoever answers, to the last', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const [code] = await house.codes(rehearsal, 'burnside');
    const pupil = await new Pupil(house).post('/respond/sessions', { code: code! });
    const marked = () => expect(pupil.page, pupil.url).toContain('Rehearsal: nothing on these pages counts.');
    marked();
    expect(pupil.page).toContain(`href="/fieldwork/notices/${idOf(wave)}/p5-p7"`);
    await pupil.assent();
    marked();
    await pupil.choosePicture('none');
    marked();
    await pupil.go('/help');
    marked();
    await pupil.go('/respond/next');
    await pupil.answerAll();
    marked();
    await pupil.send();
    expect(pupil.url).toContain('unreal=rehearsal');
    marked();
  });

  it('is marked on slips, on sheets and wherever its class is run, in print too; the real wave is not', async () => {
    const words = 'Rehearsal: answers are thrown away.';
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const slips = (await house.post('administrator', `${rehearsal}/schools/burnside/codes`, {})).body;
    const pieces = (page: string, start: string, end: string) =>
      page
        .split(start)
        .slice(1)
        .map((piece) => piece.split(end)[0]!);
    for (const start of ['<li class="slip"', '<li class="large-slip"', '<li class="spoken-slip"']) {
      const found = pieces(slips, start, '</b>');
      expect(found.length, start).toBeGreaterThan(20);
      for (const slip of found) expect(slip).toContain(words);
    }
    expect(slips).toContain('download="rehearsal-codes-burnside.csv"');
    const school = `${rehearsal.replace('/fieldwork', '/class')}/schools/burnside`;
    const printed = (await house.post('administrator', `${school}/sheets`, {})).body;
    expect(pieces(printed, '<article class="sheet">', '</article>')).toHaveLength(3);
    for (const sheet of pieces(printed, '<article class="sheet">', '</article>')) expect(sheet).toContain(words);
    expect((await page(house, school)).body).toContain(words);
    const teacher = await teacherOf(house, sheetsOn(printed)[0]!);
    for (const url of ['/class', '/class/board', '/class/pages/1?stage=P5'])
      expect((await teacher.go(url)).page, url).toContain(words);
    expect((await teacher.post('/class/spares', { stage: 'P5' })).page).toContain(words);
    // Nothing hides the mark where paper is printed.
    for (const shown of [slips, printed]) expect(shown).not.toMatch(/(sheet|slip)"[^<]*>\s*<[bp] class="[^"]*no-print/);
    const real = await house.openWave();
    expect((await house.post('administrator', `${real}/schools/burnside/codes`, {})).body).not.toContain(words);
    const address = `${real.replace('/fieldwork', '/class')}/schools/burnside/sheets`;
    const sheets = (await house.post('administrator', address, {})).body;
    expect(sheets).not.toContain(words);
    expect((await teacherOf(house, sheetsOn(sheets)[0]!)).page).not.toContain(words);
    await end(wave, rehearsal);
  });

  it('counts as held once somebody has answered to the end in it', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const isDone = async () => (await page(house, wave)).body.includes('data-step="rehearsal" data-done="yes"');
    expect(await isDone()).toBe(false);
    const [code] = await house.codes(rehearsal, 'burnside');
    await (await (await new Pupil(house).start(code!)).answerAll()).send();
    expect(await isDone()).toBe(true);
    await end(wave, rehearsal);
    expect(await isDone()).toBe(true);
    expect((await page(house, `${wave}/setup/rehearsal`)).body).toContain('Somebody had answered to the end.');
  });

  it('is never closed, released, set up or rehearsed itself', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const refused = await house.post('administrator', `${rehearsal}/closing`, { sure: 'yes' });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('This is a rehearsal.');
    const release = await house.post('analyst', '/release/releases', { wave: idOf(rehearsal) });
    expect(release.statusCode).toBe(409);
    expect(release.body).toContain('This is a rehearsal.');
    const releases = await house.app.inject({ url: '/release', headers: await house.as('analyst') });
    expect(releases.body).not.toContain(idOf(rehearsal));
    await expect(gatherInput(house.services.database, (await find(rehearsal))!)).rejects.toThrow(/is a rehearsal/);
    expect((await house.post('administrator', `${rehearsal}/rehearsals`, {})).statusCode).toBe(404);
    expect((await house.post('administrator', `${rehearsal}/setup/target`, { percent: '80' })).statusCode).toBe(404);
    expect((await house.post('administrator', `${rehearsal}/postponements`, { endsOn: '2027-01-01' })).statusCode).toBe(
      409,
    );
    for (const path of [`/release/texts/${idOf(rehearsal)}`, `/fieldwork/notices/${idOf(rehearsal)}`])
      expect((await house.app.inject({ url: path, headers: await house.as('analyst') })).statusCode, path).toBe(404);
  });

  it('is deleted with all its rows on command, drafts, codes and secrets among them', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const [first, second, unused] = await house.codes(rehearsal, 'burnside');
    await (await (await new Pupil(house).start(first!)).answerAll()).send();
    const halfway = await (await new Pupil(house).start(second!)).answer();
    expect(await tablesWith(idOf(rehearsal))).toContain('responses');
    expect((await end(wave, rehearsal)).headers.location).toBe(`${wave}/setup/rehearsal`);
    expect(await tablesWith(idOf(rehearsal))).toEqual([]);
    expect(await find(rehearsal)).toBeUndefined();
    expect(house.services.secrets.hasWaveSecret(idOf(rehearsal))).toBe(false);
    expect((await new Pupil(house).post('/respond/sessions', { code: unused! })).status).toBe(422);
    await halfway.go('/respond/pages/2');
    expect(halfway.status).toBe(403);
    expect((await page(house, rehearsal)).statusCode).toBe(404);
    expect((await end(wave, rehearsal)).statusCode).toBe(404);
    // Nothing that was noted of its drafts waits to be gathered.
    await createClosings(house.services.database, house.services.secrets, Math.random).gatherDrafts();
  });

  it('goes when the real wave opens, and its codes never open that', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const [used, unused] = await house.codes(rehearsal, 'burnside');
    await (await (await new Pupil(house).start(used!)).answerAll()).send();
    expect((await house.post('administrator', `${wave}/opening`, {})).statusCode).toBe(303);
    expect(await find(rehearsal)).toBeUndefined();
    expect(await tablesWith(idOf(rehearsal))).toEqual([]);
    for (const code of [used, unused]) {
      const pupil = await new Pupil(house).post('/respond/sessions', { code: code! });
      expect(pupil.status).toBe(422);
    }
    const [real] = await house.codes(wave, 'burnside');
    const pupil = await new Pupil(house).post('/respond/sessions', { code: real! });
    expect(pupil.page).not.toContain('data-rehearsal');
    expect(await tablesWith(idOf(wave))).not.toContain('responses');
  });

  it('whose end was cut off goes at the next start', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const { database, secrets, clock } = house.services;
    await createClosings(database, secrets, Math.random).begin(idOf(rehearsal), null, clock());
    await resumeClosings(house.services);
    expect(await find(rehearsal)).toBeUndefined();
    expect(await tablesWith(idOf(rehearsal))).toEqual([]);
  });

  it('does not count any more once what the wave asks has changed', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const [code] = await house.codes(rehearsal, 'burnside');
    await (await (await new Pupil(house).start(code!)).answerAll()).send();
    await house.post('administrator', `${wave}/setup/stages`, { bands: ['p5-p7'] });
    const { body } = await page(house, wave);
    expect(body).toContain('data-step="rehearsal" data-done="no"');
    expect(body).toContain('have changed since the last rehearsal');
  });

  it('that nobody ends goes by itself the day after its last one, which is four weeks after it began', async () => {
    const wave = await toRehearse();
    const rehearsal = await begin(wave);
    const other = await house.openWave();
    const [code] = await house.codes(rehearsal, 'burnside');
    await (await (await new Pupil(house).start(code!)).answerAll()).send();
    try {
      house.clock.now = '2026-05-29T20:00:00.000Z';
      await endLateRehearsals(house.services);
      expect(await tablesWith(idOf(rehearsal))).toContain('responses');
      // In Scotland it is the next day already.
      house.clock.now = '2026-05-29T23:30:00.000Z';
      await endLateRehearsals(house.services);
    } finally {
      house.clock.now = '2026-05-01T09:00:00.000Z';
    }
    expect(await find(rehearsal)).toBeUndefined();
    expect(await tablesWith(idOf(rehearsal))).toEqual([]);
    expect((await find(other))?.state).toBe('open');
    expect(await recorded(house, 'rehearsal-ended')).toContainEqual({
      by: null,
      action: 'rehearsal-ended',
      subject: idOf(wave),
    });
  });

  it('of one wave cannot be ended by way of another', async () => {
    const [wave, other] = [await toRehearse(), await toRehearse()];
    const rehearsal = await begin(wave);
    expect((await end(other, rehearsal)).statusCode).toBe(404);
    expect((await end(wave, wave)).statusCode).toBe(404);
    expect(await find(rehearsal)).toBeDefined();
  });
});
