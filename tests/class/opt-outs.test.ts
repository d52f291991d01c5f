import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherInput } from '../../server/release/gather.ts';
import type { Tables } from '../../server/storage/tables.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { join, Device, sheetsOn, teacherOf, type Sheet } from '../support/teacher.ts';

let house: FieldworkHouse;
let wave: string;
let waveId: string;
let school: string;
let sheets: Sheet[];

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  waveId = wave.split('/').at(-1)!;
  school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
  sheets = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
});
afterAll(() => house.close());

const OF_CLASSES = ['class_sheets', 'class_sessions', 'class_openings', 'class_spares', 'class_attendance'] as const;
const enter = (fields: Record<string, string>) => house.post('administrator', `${school}/opt-outs`, fields);
const table = <Table extends keyof Tables>(name: Table) => rowsOf(house.services.database, name, waveId);
const slipsOf = async () => (await house.post('administrator', `${wave}/schools/burnside/codes`, {})).body;
const countOf = (page: string, words: string) => page.split(words).length - 1;

describe('the number of those who do not take part', () => {
  it('is entered by the school on the page of the class', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    expect(teacher.page).toContain('Not taking part in P5 (of 14)');
    await teacher.post('/class/opt-outs', { 'opt-out-0': '3' });
    expect(teacher.page).toContain('The number is saved.');
    expect(teacher.found(/data-number="awaited">(\d+)/)).toBe('11');
    await teacher.go('/class');
    expect(teacher.found(/name="opt-out-0" value="(\d+)"/)).toBe('3');
  });

  it('is entered by the administrator on the page of the school', async () => {
    const reply = await enter({ class: 'P6A', 'opt-out-0': '٢' });
    expect(reply.headers.location).toBe(`${school}?saved=yes`);
    expect(await table('opt_outs')).toContainEqual({
      wave_id: waveId,
      school_id: 'burnside',
      stage: 'P6',
      class: 'P6A',
      pupils: 2,
      entered: 2,
    });
  });

  it.each(['-1', '15', '1.5', '', 'three', '1e1', 'Aila Grant'])(
    'is from 0 to the roll and a number: not %j',
    async (typed) => {
      const reply = await enter({ class: 'P7A', 'opt-out-0': typed });
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain('Enter a number from 0 to 14 for P7.');
      // What was typed stays, with what is wrong beside it.
      expect(reply.body).toContain(
        `value="${typed}" inputmode="numeric" maxlength="12" autocomplete="off" aria-invalid="true"`,
      );
      const teacher = await teacherOf(house, sheets[2]!);
      await teacher.post('/class/opt-outs', { 'opt-out-0': typed });
      expect(teacher.status).toBe(422);
      expect(teacher.page).toContain('Enter a number from 0 to 14 for P7.');
      expect((await table('opt_outs')).map((row) => row.stage)).not.toContain('P7');
    },
  );

  it('is in the record whenever it changes, and only then', async () => {
    await enter({ class: 'P6A', 'opt-out-0': '2' });
    await enter({ class: 'P6A', 'opt-out-0': '4' });
    const entries = await rowsOf(house.services.database, 'audit_entries');
    const noted = entries.filter(({ action }) => action === 'opt-outs-changed').map(({ subject }) => subject);
    // The record is kept for good: neither the class nor the number is in it.
    expect(noted).toEqual(Array.from({ length: 3 }, () => `${waveId} burnside`));
  });

  it('never counts out those who have started', async () => {
    const teacher = await teacherOf(house, sheets[2]!);
    await teacher.post('/class/openings');
    const board = teacher.found(/data-join-code="([^"]+)"/);
    for (let pupil = 0; pupil < 3; pupil += 1) await join(new Device(house), board);
    const words = 'So many of P7 cannot be left out';
    expect((await teacher.post('/class/opt-outs', { 'opt-out-0': '12' })).page).toContain(words);
    expect((await table('opt_outs')).map((row) => row.stage)).not.toContain('P7');
    expect((await teacher.post('/class/opt-outs', { 'opt-out-0': '11' })).page).toContain('The number is saved.');
    await join(new Device(house), board);
    await teacher.post('/class/places');
    await join(new Device(house), board);
    // What was entered before may stay as it is.
    expect((await teacher.post('/class/opt-outs', { 'opt-out-0': '11' })).page).toContain('The number is saved.');
    expect((await enter({ class: 'P7A', 'opt-out-0': '0' })).statusCode).toBe(303);
  });

  it('tells whoever runs the wave nothing of who has started, whatever number is tried', async () => {
    // P7A has fourteen on its roll; four have started in it, and in P6A nobody.
    const shown = async (className: string, pupils: number) => {
      const reply = await enter({ class: className, 'opt-out-0': String(pupils) });
      const { body } = await house.app.inject({ url: school, headers: await house.as('administrator') });
      const card = body.slice(body.indexOf(`<h3><bdi>${className}</bdi>`)).split('</section>')[0]!;
      return [reply.statusCode, /class="soft">(.*)<\/p>/.exec(card)?.[1], /value="(\d+)" inputmode/.exec(card)?.[1]];
    };
    for (const pupils of [0, 9, 10, 12, 14]) {
      const [[status, soft, value], other] = [await shown('P7A', pupils), await shown('P6A', pupils)];
      expect([status, value]).toEqual([303, String(pupils)]);
      expect(other).toEqual([303, soft?.toString().replaceAll('P7', 'P6').replace('added: 1', 'added: 0'), value]);
    }
    // Those who have started are not counted out all the same: places and rates go by what is counted.
    const counted = (await table('opt_outs')).filter(({ stage }) => stage === 'P7');
    expect(counted).toMatchObject([{ entered: 14, pupils: 14 - 4 }]);
    await enter({ class: 'P6A', 'opt-out-0': '4' });
    await enter({ class: 'P7A', 'opt-out-0': '0' });
  });

  it('makes slips fewer; those of such a class know nothing but the class', async () => {
    const page = await slipsOf();
    expect(countOf(page, 'P5A: anyone in the class')).toBe(11);
    expect(countOf(page, 'P6A: anyone in the class')).toBe(10);
    expect(countOf(page, 'data-code=')).toBe(11 + 10 + 14 - 4);
  });

  it('adds up with those who have started', async () => {
    const teacher = await teacherOf(house, sheets[0]!);
    await teacher.post('/class/openings');
    await join(new Device(house), teacher.found(/data-join-code="([^"]+)"/));
    expect(countOf(await slipsOf(), 'P5A: anyone in the class')).toBe(10);
  });
});

describe('the close of the wave', () => {
  let teacher: Device;
  let late: Device;
  let code: string;

  beforeAll(async () => {
    teacher = await teacherOf(house, sheets[0]!);
    code = teacher.found(/data-join-code="([^"]+)"/);
    await teacher.post('/class/places');
    await teacher.post('/class/spares', { stage: 'P5' });
    late = await new Device(house).go(`/class/join/${code}`);
    const [slip] = await house.codes(wave, 'hillview');
    await (await (await new Pupil(house).start(slip!)).answerAll()).send();
    for (const name of ['opt_outs', ...OF_CLASSES] as const) {
      expect((await table(name)).length, name).toBeGreaterThan(0);
    }
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
  });

  it('leaves no class in the record, whatever was done with one', async () => {
    await house.post('administrator', `${school}/sheets`, { class: 'P5A' });
    const entries = await rowsOf(house.services.database, 'audit_entries');
    const ofClasses = entries.filter(({ action }) => /^class-|^opt-outs/.test(action));
    expect(new Set(ofClasses.map(({ action }) => action)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(ofClasses.map(({ subject }) => subject))).toEqual(new Set([`${waveId} burnside`]));
  });

  it('leaves nothing of how classes were run, and of opt-outs their number by school and stage', async () => {
    for (const name of OF_CLASSES) {
      expect(await table(name), name).toEqual([]);
    }
    const rest = { wave_id: waveId, school_id: 'burnside', class: '' };
    expect((await table('opt_outs')).toSorted((one, other) => (one.stage < other.stage ? -1 : 1))).toEqual([
      { ...rest, stage: 'P5', pupils: 3, entered: 3 },
      { ...rest, stage: 'P6', pupils: 4, entered: 4 },
      { ...rest, stage: 'P7', pupils: 0, entered: 0 },
    ]);
  });

  it('ends the page of the class and joining', async () => {
    expect((await teacher.go('/class')).page).toContain('Type what stands on your class sheet.');
    expect((await teacherOf(house, sheets[1]!)).page).toContain('the survey has closed');
    await late.post('/class/join', { code, form: late.hidden('form') });
    expect(late.status).toBe(422);
  });

  it('gives the release the roll less the opt-outs as its denominator', async () => {
    const { database } = house.services;
    const found = (await createWaves(database).find(waveId))!;
    const { roll, rollByGroup } = await gatherInput(database, found);
    const schools = await createWaves(database).schools(waveId);
    const of = (id: string, band: number) =>
      roll[schools.findIndex((one) => one.id === id) * found.bands.length + band];
    expect(of('burnside', 0)).toBe(3 * 14 - 7);
    expect(of('hillview', 0)).toBe(3 * 10);
    // How the roll divides into groups stays: who opted out is not known.
    expect(rollByGroup?.sex?.[0]).toEqual({ female: 36 + 24, male: 6 + 6 });
  });

  it('keeps a school in its places although all of a band have opted out', async () => {
    const { database } = house.services;
    const found = (await createWaves(database).find(waveId))!;
    await database.query
      .insertInto('opt_outs')
      .values({ wave_id: waveId, school_id: 'hillview', stage: 'P5', class: '', pupils: 99 })
      .execute();
    const { roll } = await gatherInput(database, found);
    const schools = await createWaves(database).schools(waveId);
    const of = (id: string) => roll[schools.findIndex((one) => one.id === id) * found.bands.length];
    expect(of('hillview')).toBe(1);
    // A school without a band's stages has nobody all the same.
    expect(of('lochend')).toBe(0);
  });
});
