import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlan } from '../../../server/storage/plan.ts';
import { readWorkbook, writeWorkbook } from '../../../server/web/workbooks/workbook-file.ts';
import { openHouse, type House, type TestClock } from '../../support/house.ts';
import { get } from '../chain.ts';
import { TABLE, tablesOf, type Tables } from './tables.ts';

let house: House;
let planner: Record<string, string>;
let clock: TestClock;
let send: Tables['send'];
let look: Tables['look'];
let take: Tables['take'];

beforeEach(async () => {
  clock = { now: '2026-10-05T09:00:00.000Z' };
  house = await openHouse({ clock });
  planner = await house.as('planner');
  ({ send, look, take } = tablesOf(house, planner));
});
afterEach(() => house.close());

const list = () => createPlan(house.services.database).list(house.authorityId);

describe('a table of a partnership', () => {
  it('is shown row by row before anything is written, with what is left out', async () => {
    const { body } = await look(TABLE);
    expect(body).toContain('4 to add, 0 to change, 0 the same. Nothing is written yet.');
    expect(body).toContain('Column Budget code is not part of the plan and is left out.');
    expect(body).toContain('Row 6: Pupils who know whom to ask has a target and no baseline');
    expect(body).toContain('Row 3: the colour Amber and its reason will stand beside the rule’s colour.');
    expect(body).toContain('Row 5: the colour Green has no reason beside it');
    expect(body).toContain('Measures: 2. Values: 4. Entries of progress: 1.');
    expect(await list()).toEqual([]);
  });

  it('is taken over whole, once, with everything that it says', async () => {
    const looked = await look(TABLE);
    expect((await take(looked)).headers.location).toBe('/replies/plan?done=imported');
    expect((await take(looked)).statusCode).toBe(409);
    const actions = await list();
    expect(actions.map(({ reference, words }) => [reference, words.dueOn])).toEqual([
      ['1.1', '2027-03-31'], ['1.2', '2026-12-31'], ['2.1', '2027-03-31'], ['2.2', '2027-06-30'],
    ]); // prettier-ignore
    expect(actions[0]).toMatchObject({
      words: { priority: 'Kinder evenings', group: 'Safe and included', shanarri: ['safe', 'included'], uncrc: [12, 31], poverty: ['costs'], aims: ['wellbeing', 'early-help'] },
      judgement: { colour: 'amber', reason: 'The second hall has no caretaker yet' },
      progress: [{ on: '2026-05-02', words: 'The first hall opened.' }],
      measures: [
        { words: { name: 'Young people who come on a Friday', better: 'higher', baseline: '0', target: '120' }, values: [{ quarter: '2026-Q1', value: '64' }, { quarter: '2026-Q2', value: '88' }] },
        { words: { name: 'Complaints about noise', better: 'lower' }, values: [{ quarter: '2026-Q1', value: '9' }, { quarter: '2026-Q2', value: '6' }] },
      ],
    }); // prettier-ignore
    expect(actions[2]!.progress).toMatchObject([{ on: '2026-10-05', words: 'Training has begun.' }]);
  });

  it('sent again changes nothing; one cell changed changes one thing, shown before and after', async () => {
    await take(await look(TABLE));
    const again = await look(TABLE);
    expect(again.body).toContain('0 to add, 0 to change, 4 the same.');
    expect(again.body).not.toContain('/taking"');
    const changed = await look(TABLE.replace('Roads and Lighting', 'Street Lighting').replace('64,88', '64,90'));
    expect(changed.body).toContain('0 to add, 2 to change, 2 the same.');
    expect(changed.body).toContain('Lead: before “Roads and Lighting”, now “Street Lighting”.');
    expect(changed.body).toContain('Young people who come on a Friday, 2026/27 Q2: before 88, now 90');
    await take(changed);
    expect((await list())[1]!.words.lead).toBe('Street Lighting');
  });

  it('is told that the plan changed in between, and nothing is written', async () => {
    await take(await look(TABLE));
    const looked = await look(TABLE.replace('Roads and Lighting', 'Street Lighting'));
    const [, action] = await list();
    const change = { kind: 'reword' as const, action: action!.id, words: { ...action!.words, partners: 'Police' } };
    await createPlan(house.services.database).write(house.authorityId, [change], null, clock.now);
    const refused = await take(looked);
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('The plan has changed since you looked');
    expect((await list())[1]!.words).toMatchObject({ lead: 'Roads and Lighting', partners: 'Police' });
  });

  it('goes out as CSV and XLSX and comes back as it was', async () => {
    await take(await look(TABLE));
    const before = await list();
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await get(house, `/replies/plan/file.${format}`, planner);
      expect(file.headers['content-disposition']).toContain(`heard_action_plan.${format}`);
      const back = await look(file.rawPayload, `plan.${format}`);
      expect(back.body, format).toContain('0 to add, 0 to change, 4 the same.');
    }
    const csv = (await get(house, '/replies/plan/file.csv', planner)).body;
    const [headings, first, second] = parse(csv, { bom: true });
    expect(headings!.slice(-2)).toEqual(['2026/27 Q1', '2026/27 Q2']);
    expect([first!.at(-1), second!.at(-1), second!.slice(0, 3)]).toEqual(['88', '6', ['1.1', '', '']]);
    // Into an empty plan it brings the same plan.
    const { query } = house.services.database;
    const tables = ['plan_values', 'plan_measure_versions', 'plan_measures', 'plan_progress', 'plan_judgements', 'plan_action_versions', 'plan_actions'] as const; // prettier-ignore
    for (const table of tables) await query.deleteFrom(table).execute();
    await take(await look(csv));
    const after = await list();
    const saying = (actions: typeof before) => actions.map(({ reference, words, measures, progress, judgement }) => ({ reference, words, progress: progress.map(({ on, words: said }) => [on, said]), reason: judgement?.reason, measures: measures.map(({ words: said, values }) => ({ said, values })) })); // prettier-ignore
    expect(saying(after)).toEqual(saying(before));
  });
});

describe('a table with something wrong', () => {
  it('is told by row and column what was expected and found, and none of it is written', async () => {
    const broken = TABLE.replace('March 2027', 'soon')
      .replace('Safe; Included', 'Safe; Cosy')
      .replace('"31, 12"', '"31, 112"')
      .replace('9,5,9,6', '9,five,9,6')
      .replace('2.2,', '2.1,')
      .replace('1.2,Kinder evenings,Light the paths that pupils named', '1.2,Kinder evenings,');
    const looked = await look(broken);
    for (const words of [
      /Row 3, column Due<\/b><\/dt><dd>Expected a day.*Found: soon/,
      /Row 3, column SHANARRI<\/b><\/dt><dd>Expected one of the words.*Found: Cosy/,
      /Row 3, column UNCRC<\/b><\/dt><dd>Expected numbers of articles.*Found: 112|column UNCRC/,
      /Row 4, column Target<\/b><\/dt><dd>Expected a number.*Found: five/,
      /Row 5, column Task<\/b><\/dt><dd>Expected something in Task\. Write it\. Found: nothing/,
      /Row 7, column Task<\/b><\/dt><dd>Expected the same as in the first row/,
    ]) expect(looked.body).toMatch(words); // prettier-ignore
    expect(looked.body).not.toContain('/taking"');
    expect((await take(looked)).statusCode).toBe(409);
    expect(await list()).toEqual([]);
  });

  it.each([
    ['no file', '', 'plan.csv', 'This file is empty.'],
    ['a PDF', '%PDF-1.7', 'plan.xlsx', 'This is a PDF.'],
    ['quotes that do not close', 'No.,Task\n1,"Open', 'plan.csv', 'This CSV file is damaged'],
  ])('is %s: told beside the field', async (_what, content, name, message) => {
    const sent = await send(content, name);
    expect(sent.statusCode).toBe(422);
    expect(sent.body).toContain('<a href="#file">');
    expect(sent.body).toContain(message);
  });

  it('without its headings, or with one twice, is told so', async () => {
    expect((await look('a,b\n1,2\n')).body).toContain('Expected headings with at least No., Task, Lead and Due');
    expect((await look('No.,Task,Lead\n1,Open,Youth Work\n')).body).toContain('Row 1, column Due');
    expect((await look('No.,Task,Lead,Due,Task\n1,Open,Youth Work,2027-01-01,Open\n')).body).toContain(
      'Row 1, column Task',
    );
    expect((await look('No.,Task,Lead,Due,\n1,Open,Youth Work,2027-01-01,stray\n')).body).toContain('Found: stray');
  });

  it('of Windows characters and semicolons is read, and a workbook’s other sheets are told', async () => {
    const latin = Buffer.from('No.;Task;Lead;Due\n1;Caf\xe9 evening;Youth Work;2027-01-01\n', 'latin1');
    expect((await look(new Uint8Array(latin))).body).toContain('Café evening');
    const rows = [['No.', 'Task', 'Lead', 'Due'], ['1', 'Open', 'Youth Work', '2027-01-01']]; // prettier-ignore
    const book = await writeWorkbook([
      { name: 'Notes', rows: [['x']] },
      { name: 'Plan', rows },
    ]);
    const looked = await look(new Uint8Array(book), 'plan.xlsx');
    expect(looked.body).toContain('The sheet Notes is left out.');
    expect(looked.body).toContain('1 to add');
    expect((await readWorkbook(new Uint8Array(book))).length).toBe(2);
  });
});
