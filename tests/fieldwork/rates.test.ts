import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../server/commands/loop/markup.ts';
import { createClassAttendances } from '../../server/storage/class-attendance.ts';
import { createOptOuts } from '../../server/storage/class-opt-outs.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

/* Burnside has 42 pupils in P5–P7 and Hillview 30; 17 and 4 of them answer. Lochend has 48 in S1–S4 and nobody answers. */
let house: FieldworkHouse;
let wave: string;

const ANSWERING = { burnside: 17, hillview: 4 } as const;

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  for (const [school, pupils] of Object.entries(ANSWERING)) {
    const codes = await house.codes(wave, school);
    for (const code of codes.slice(0, pupils)) await (await (await new Pupil(house).start(code)).answerAll()).send();
  }
});
afterAll(() => house.close());

const read = async (url: string, role: 'planner' | 'administrator' | 'analyst' = 'planner') =>
  house.app.inject({ url, headers: await house.as(role) });
const rows = async (by: string) =>
  rowsOf((await read(`${wave}/rates?by=${by}`)).body).map(({ cells }) => cells.slice(0, 6));

describe('rates while a wave is open', () => {
  it('are rounded, hidden under ten, and set against the target', async () => {
    expect(await rows('school')).toEqual([
      ['School', 'Expected', 'Answered', 'Rate', 'Target', 'Still wanting, about'],
      ['Burnside Primary', '40', '15', '38%', 'Not yet', '20'],
      ['Hillview Primary', '30', 'under 10', '–', '–', '25'],
      ['Lochend Academy', '50', 'under 10', '–', '–', '40'],
    ]);
  });

  it('are there by stage, cluster, locality and all together', async () => {
    expect((await rows('stage')).map(([stage]) => stage)).toEqual(['Stage', 'P5', 'P6', 'P7', 'S1', 'S2', 'S3', 'S4']);
    expect((await rows('cluster'))[1]).toEqual(['Loch cluster', '120', '20', '17%', 'Not yet', '80']);
    expect(await rows('locality')).toHaveLength(1);
    expect((await rows('authority'))[1]).toEqual(['Strathlorn', '120', '20', '17%', 'Not yet', '80']);
    expect((await read(`${wave}/rates`)).body).toContain(
      'About 20 of 120 pupils have answered: 17%. The target is 80%.',
    );
  });

  it('take those who do not take part off the roll', async () => {
    const waveId = wave.split('/').at(-1)!;
    const set = (pupils: number) =>
      createOptOuts(house.services.database).set(
        waveId,
        'lochend',
        [{ stage: 'S1', class: 'S1A', pupils, roll: 12 }],
        'refuse',
      );
    await set(12);
    expect((await rows('school'))[3]).toEqual(['Lochend Academy', '35', 'under 10', '–', '–', '30']);
    await set(0);
  });

  it('name the schools that could catch up, those that want most first', async () => {
    const { body } = await read(`${wave}/rates`);
    const list = /<ol>([\s\S]*?)<\/ol>/.exec(body)![1]!;
    expect([...list.matchAll(/<bdi>([^<]+)</g)].map((match) => match[1])).toEqual([
      'Lochend Academy',
      'Hillview Primary',
      'Burnside Primary',
    ]);
  });

  it('say there how many were absent when their class answered, of whole schools', async () => {
    const attendances = createClassAttendances(house.services.database);
    const waveId = wave.split('/').at(-1)!;
    for (const [stage, here] of [
      ['S1', 3],
      ['S2', 8],
    ] as const) {
      const key = { waveId, schoolId: 'lochend', className: `${stage}A` };
      await attendances.begin(key, [{ stage, class: `${stage}A` }], '2026-05-01');
      await attendances.setHere(key, '2026-05-01', here, 12);
    }
    const { body } = await read(`${wave}/rates`);
    expect(body).toContain('Lochend Academy</bdi>: About 40 more · about 15 were absent when their class answered');
    expect(body.split('were absent when')).toHaveLength(2);
  });

  it('come as a file with the same numbers, and what is hidden is empty there', async () => {
    const reply = await read(`${wave}/rates.csv?by=school`);
    expect(reply.headers['content-disposition']).toBe('attachment; filename="heard_rates_by_school.csv"');
    const [burnside, hillview] = parse<Record<string, string>>(reply.body, { columns: true, bom: true });
    expect(burnside).toEqual({
      ...{ place: 'Burnside Primary', expected: '40', answered: '15', percent: '38' },
      ...{ target: '80', last_time: '', wanting: '20', absent: '' },
    });
    expect(hillview).toMatchObject({ expected: '30', answered: '', percent: '' });
  });

  it('stand in the record when somebody looked at them or saved them', async () => {
    const entries = await rowsOfRecord();
    expect(entries).toContain('rates-viewed');
    expect(entries).toContain('rates-exported');
  });

  it('are for those who chase, of their own authority', async () => {
    expect((await read(`${wave}/rates`, 'analyst')).statusCode).toBe(403);
    expect((await read(`${wave}/rates`, 'administrator')).statusCode).toBe(200);
    expect((await read('/fieldwork/waves/none/rates')).statusCode).toBe(404);
    expect((await read(`${wave}/rates?by=class`)).statusCode).toBe(400);
    expect((await read('/fieldwork/rates')).body).toContain(`href="${wave}/rates"`);
  });
});

describe('a wave that is not open', () => {
  it('has no rates here: before, nobody has answered, and afterwards its release has them', async () => {
    expect((await read(`${await house.makeWave()}/rates`)).statusCode).toBe(409);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    expect((await read(`${wave}/rates`)).statusCode).toBe(410);
    expect((await read('/fieldwork/rates')).body).toContain('No wave that asks schools is open now.');
  });
});

async function rowsOfRecord(): Promise<string[]> {
  const found = await house.services.database.query.selectFrom('audit_entries').select('action').execute();
  return found.map(({ action }) => action);
}
