import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlan } from '../../../server/storage/plan.ts';
import { readWorkbook } from '../../../server/web/workbooks/workbook-file.ts';
import { openHouse, type House, type TestClock } from '../../support/house.ts';
import { get, post } from '../chain.ts';
import { plain, TABLE, tablesOf } from './tables.ts';

/*
 * A partnership brings its own table in the summer, works with it for two quarters and takes it out again: what task
 * groups bring to their meetings in July, October and January.
 */

let house: House;
let planner: Record<string, string>;
const clock: TestClock = { now: '2026-07-06T09:00:00.000Z' };
const SUMMER = TABLE.replaceAll(',64,88,', ',64,,')
  .replaceAll(',9,6,', ',9,,')
  .replace(',80,,55,', ',80,55,,')
  .replace('2026-05-02:', '2026-06-02:');

beforeAll(async () => {
  house = await openHouse({ clock });
  planner = await house.as('planner');
});
afterAll(() => house.close());

const list = () => createPlan(house.services.database).list(house.authorityId);
const page = async (url: string) => plain((await get(house, url, planner)).body);

/** What somebody writes down of an action at a meeting. */
async function note(reference: string, form: string, fields: Record<string, string>): Promise<void> {
  const action = (await list()).find((one) => one.reference === reference)!;
  const answer = await post(house, `/replies/plan/actions/${action.id}/${form}`, fields, planner);
  expect(answer.statusCode, `${reference} ${form}`).toBe(303);
}

async function measured(reference: string, name: string, quarter: string, value: string): Promise<void> {
  const action = (await list()).find((one) => one.reference === reference)!;
  const measure = action.measures.find((one) => one.words.name === name)!;
  const answer = await post(house, `/replies/plan/measures/${measure.id}/values`, { quarter, value }, planner);
  expect(answer.statusCode, `${reference} ${name}`).toBe(303);
}

const FRIDAY = 'Young people who come on a Friday';
const NOISE = 'Complaints about noise';

describe('the plan of a partnership over two quarters', () => {
  it('comes in as its task groups keep it, red, amber and green by rule and by person', async () => {
    const { look, take } = tablesOf(house, planner);
    await take(await look(SUMMER));
    expect(await page('/replies/plan')).toContain('4 actions. 0 red, 1 amber, 3 green.');
    expect((await list())[0]!.measures[0]!.values).toEqual([{ quarter: '2026-Q1', value: '64' }]);
  });

  it('in October shows what got better and worse, and what nobody wrote about', async () => {
    clock.now = '2026-10-12T09:00:00.000Z';
    expect(await page('/replies/plan')).toContain('4 actions. 0 red, 4 amber, 0 green.');
    await note('1.1', 'progress', { on: '2026-10-02', words: 'The second hall has a caretaker and opened.' });
    await note('1.1', 'judgements', { colour: 'rule', reason: 'The second hall has a caretaker.' });
    await measured('1.1', FRIDAY, '2026/27 Q2', '88');
    await measured('1.1', NOISE, '2026/27 Q2', '11');
    await note('1.2', 'progress', { on: '2026-10-09', words: 'Nine of twelve paths are lit.' });
    await measured('2.1', 'Pupils who know whom to ask', '2026/27 Q2', '62');
    const kinder = await page(`/replies/plan/actions/${(await list())[0]!.id}`);
    expect(kinder).toContain('Improved since the baseline. Better than the quarter before.');
    expect(kinder).toContain('Worse than the baseline. Worse than the quarter before.');
    // A measure that worsened calls for amber whatever was written.
    expect(await page('/replies/plan')).toContain('4 actions. 0 red, 3 amber, 1 green.');
  });

  it('in January shows what is late and what is done', async () => {
    clock.now = '2027-01-11T09:00:00.000Z';
    await note('1.1', 'progress', {
      on: '2027-01-08',
      words: 'Quiet games end each evening; neighbours were asked in.',
    });
    await measured('1.1', FRIDAY, '2026/27 Q3', '131');
    await measured('1.1', NOISE, '2026/27 Q3', '3');
    const late = await page('/replies/plan');
    expect(late).toContain('1 is overdue.');
    expect(late).toContain('It was due on 31 December 2026 and is not done.');
    await note('1.2', 'endings', { state: 'done', reason: 'All twelve paths are lit.' });
    const kinder = await page(`/replies/plan/actions/${(await list())[0]!.id}`);
    expect(kinder.match(/The target is reached\./g)).toHaveLength(2);
    expect(await page('/replies/plan')).not.toContain('overdue.');
  });

  it('goes out with both quarters and all that was noted, and every action says how it came to that', async () => {
    const csv = (await get(house, '/replies/plan/file.csv', planner)).body;
    const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true });
    const row = (reference: string, measure: string) => rows.find((one) => one['No.'] === reference && one.Measure === measure)!; // prettier-ignore
    const quarters = ['2026/27 Q1', '2026/27 Q2', '2026/27 Q3'];
    expect(quarters.map((quarter) => row('1.1', FRIDAY)[quarter])).toEqual(['64', '88', '131']);
    expect(quarters.map((quarter) => row('1.1', NOISE)[quarter])).toEqual(['9', '11', '3']);
    expect(quarters.map((quarter) => row('2.1', 'Pupils who know whom to ask')[quarter])).toEqual(['55', '62', '']);
    expect(row('1.1', FRIDAY)['Progress and evidence']!.split('\n')).toEqual([
      '2027-01-08: Quiet games end each evening; neighbours were asked in.',
      '2026-10-02: The second hall has a caretaker and opened.',
      '2026-06-02: The first hall opened.',
    ]);
    expect(row('1.2', '').State).toBe('Done');
    const workbook = await readWorkbook((await get(house, '/replies/plan/file.xlsx', planner)).rawPayload);
    expect(workbook).toHaveLength(1);
    const { look } = tablesOf(house, planner);
    expect((await look(csv)).body).toContain('0 to add, 0 to change, 4 the same.');
    const history = await page(`/replies/plan/actions/${(await list())[0]!.id}`);
    for (const words of ['2026/27 Q3: 131', 'The second hall has a caretaker', '11 January 2027', '12 October 2026'])
      expect(history).toContain(words);
  });
});
