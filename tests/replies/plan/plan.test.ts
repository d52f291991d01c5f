import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUTHORITY, openHouse, type House, type TestClock } from '../../support/house.ts';
import { ACTION, get, post } from '../chain.ts';
import { cellOf, releaseWave } from '../released.ts';

let house: House;
let planner: Record<string, string>;
let clock: TestClock;

beforeEach(async () => {
  clock = { now: '2026-05-01T09:00:00.000Z' };
  house = await openHouse({ clock });
  planner = await house.as('planner');
});
afterEach(() => house.close());

const WORDS = {
  priority: 'Safe places', task: 'Open the hall on Friday evenings', group: 'Safe and included', lead: 'Youth Work',
  partners: 'Community Safety; Leisure Trust', place: 'authority', startsOn: '2026-04-01', dueOn: '2027-03-31',
  indicator: 'Young people run the evening', outcome: 'More feel safe in the evening', involvement: 'The forum chose the day',
  shanarri: 'safe', uncrc: '31, 12', aims: 'wellbeing', poverty: 'costs',
}; // prettier-ignore

const plain = (body: string) => body.replace(/[\u2066-\u2069]/g, '').replaceAll('&#39;', '’');
const page = async (url: string) => plain((await get(house, url, planner)).body);
const idOn = (body: string) => /name="id" value="([\w-]+)"/.exec(body)![1]!;

async function make(change: Record<string, string> = {}): Promise<string> {
  const id = idOn(await page('/replies/plan/actions/new'));
  const made = await post(house, '/replies/plan/actions', { ...WORDS, id, reference: '', ...change }, planner);
  expect(made.statusCode).toBe(303);
  return String(made.headers.location).split('?')[0]!;
}

describe('an action of the plan', () => {
  it('is kept with all that partnerships keep, and stands in the plan under its priority', async () => {
    const action = await make();
    const shown = await page(action);
    for (const words of ['Open the hall on Friday evenings', 'Youth Work', 'Community Safety; Leisure Trust', '31 March 2027',
      'Young people run the evening', 'The forum chose the day', 'Safe', 'Article 12 and Article 31',
      'Costs of living', 'Safeguard and promote wellbeing', 'Whole authority', 'Number 1 in the plan']) expect(shown).toContain(words); // prettier-ignore
    const plan = await page('/replies/plan');
    expect(plan).toContain('<bdi>Safe places</bdi>');
    expect(plan).toContain('1 action. 0 red, 0 amber, 1 green.');
    expect(await page('/replies/plan/actions/new')).not.toContain('value="1"');
    expect((await get(house, action, await house.as('planner', 'ar'))).body).toContain('المادة 12');
  });

  it('asks again for each field, keeps what was typed, and makes one action of a form sent twice', async () => {
    const id = idOn(await page('/replies/plan/actions/new'));
    for (const [field, value, message] of [
      ['task', '', 'Task: this is missing.'],
      ['lead', 'x'.repeat(121), 'Lead: make this 120 characters or fewer.'],
      ['dueOn', '2026-02-30', 'Due: give a date as year, month, day'],
      ['dueOn', '2026-03-01', 'Due: give a day that is not before the beginning.'],
      ['uncrc', '12, 43', 'UNCRC articles: give numbers of articles from 1 to 42'],
      ['uncrc', 'twelve', 'UNCRC articles: give numbers of articles from 1 to 42'],
      ['place', 'cluster:nowhere', 'Place: choose a place'],
    ] as const) {
      const fields = { ...WORDS, id, reference: '', [field]: value };
      const again = await post(house, '/replies/plan/actions', fields, planner);
      expect(again.statusCode, field).toBe(422);
      expect(again.body).toContain(`<a href="#${field}">${message}`);
      expect(again.body).toContain('Community Safety; Leisure Trust');
      if (field === 'uncrc') expect(again.body).toContain(`value="${value}"`);
    }
    await Promise.all([1, 2].map(() => post(house, '/replies/plan/actions', { ...WORDS, id, reference: '' }, planner)));
    expect(await page('/replies/plan')).toContain('1 action.');
    const taken = { ...WORDS, id: `${id.slice(0, -1)}_`, reference: '1' };
    const refused = await post(house, '/replies/plan/actions', taken, planner);
    expect([refused.statusCode, refused.body.includes('another action has this number')]).toEqual([422, true]);
  });

  it('keeps who changed what and when, before and after, in words', async () => {
    const action = await make();
    clock.now = '2026-05-09T09:00:00.000Z';
    await post(house, action, { ...WORDS, lead: 'Leisure Trust', uncrc: '12' }, planner);
    const shown = await page(action);
    expect(shown).toContain('<bdi>9 May 2026</bdi> · <bdi>planner</bdi>');
    expect(shown).toContain('Lead: before “Youth Work”, now “Leisure Trust”.');
    expect(shown).toContain('UNCRC articles: before “Article 12 and Article 31”, now “Article 12”.');
    expect(shown).not.toContain('Task: before');
    expect(shown).toContain('Put into the plan.');
  });

  it('turns red by its date and amber when nothing is heard of it; a person may say otherwise and both are shown', async () => {
    const action = await make({ dueOn: '2026-12-01' });
    clock.now = '2026-08-01T09:00:00.000Z';
    expect(await page(action)).toContain('No progress has been written since 1 April 2026, for more than 92 days.');
    await post(house, `${action}/progress`, { on: '2026-07-20', words: 'The first evening was full.' }, planner);
    expect(await page(action)).toContain('It is due on 1 December 2026, and nothing calls for another colour.');
    await post(house, `${action}/judgements`, { colour: 'amber', reason: 'The lease ends in October.' }, planner);
    const judged = await page(action);
    expect(judged).toMatch(/data-colour="amber">Amber[\s\S]*By the rule:[\s\S]*data-colour="green">Green/);
    expect(judged).toContain('planner set it to Amber on 1 August 2026, because: The lease ends in October.');
    clock.now = '2026-12-02T09:00:00.000Z';
    const overdue = await page(action);
    expect(overdue).toContain('It was due on 1 December 2026 and is not done.');
    expect(overdue).toContain('<b class="overdue">Overdue</b>');
    expect(await page('/replies/plan')).toContain('1 is overdue.');
    await post(house, `${action}/endings`, { state: 'done', reason: 'It runs every week.' }, planner);
    expect(await page('/replies/plan')).not.toContain('overdue.');
    await post(house, `${action}/judgements`, { colour: 'rule', reason: 'It is done.' }, planner);
    expect(await page(action)).not.toContain('planner set it to');
  });

  it('takes no colour that holds already, no progress of tomorrow and nothing without words', async () => {
    const action = await make();
    for (const [form, fields, message] of [
      ['progress', { on: '2026-05-02', words: 'Soon.' }, '#progress-on">When: give today or a day before.'],
      ['progress', { on: '2026-05-01', words: ' ' }, '#progress-words">What happened, and how one can see it: this is missing.'],
      ['judgements', { colour: 'green', reason: 'Because.' }, '#judgements-colour">Colour: this is what holds already.'],
      ['judgements', { colour: 'red', reason: '' }, '#judgements-reason">Why?: this is missing.'],
      ['endings', { state: 'done', reason: '' }, '#endings-reason">Why?: this is missing.'],
      ['measures', { id: 'm'.repeat(22), name: '', unit: '', better: 'higher', baseline: 'many', target: '' }, '#measures-baseline">Baseline: give a number'],
    ] as const) {
      const again = await post(house, `${action}/${form}`, fields, planner);
      expect(again.statusCode, form).toBe(422);
      expect(again.body).toContain(message);
      expect(again.body).toContain(`id="${form}-form" open`);
    }
    expect((await page(action)).match(/Put into the plan|Progress of|Colour set|Done:/g)).toHaveLength(1);
  }); // prettier-ignore

  it('is measured by quarters, and says whether it improved by the way that is good', async () => {
    const action = await make();
    const measure = { name: 'Young people who wait', unit: '%', better: 'lower', baseline: '', target: '20' };
    await post(house, `${action}/measures`, { ...measure, id: 'm'.repeat(22) }, planner);
    expect(await page(action)).toContain('There is a target and no baseline');
    const href = `/replies/plan/measures/${'m'.repeat(22)}`;
    await post(house, href, { ...measure, baseline: '40 %' }, planner);
    for (const [quarter, value] of [['2025/26 Q4', '35'], ['Q1 2026/27', '31'], ['2026/27 Q1', '19.5']] as const)
      expect((await post(house, `${href}/values`, { quarter, value }, planner)).statusCode).toBe(303); // prettier-ignore
    const shown = await page(action);
    expect(shown).not.toContain('There is a target and no baseline');
    expect(shown).toContain('Improved since the baseline. Better than the quarter before. The target is reached.');
    expect(shown).toContain('Young people who wait, 2026/27 Q1: before 31, now 19.5');
    expect(shown).toContain('Baseline: before “empty”, now “40%”.');
    const wrong = await post(house, `${href}/values`, { quarter: 'Q1', value: 'many' }, planner);
    expect([wrong.statusCode, wrong.body.match(/give a quarter with its year|give a number/g)?.length]).toEqual([
      422, 4,
    ]);
  });
});

describe('the dashboard', () => {
  it('shows what is overdue, what is due this week and what waits for a reply; a sheet says what it leaves out', async () => {
    const { releaseId } = await releaseWave(house.services.database, AUTHORITY);
    const made = await post(house, '/replies/findings', { ...cellOf(releaseId), whyItMatters: 'It does.' }, planner);
    await post(house, `${String(made.headers.location).split('?')[0]}/priority`, {}, planner);
    for (let number = 1; number <= 7; number += 1) await make({ task: `Task ${number}`, dueOn: '2026-04-30' });
    await make({ task: 'Nearly there', dueOn: '2026-05-08' });
    await make({ task: 'Far away', dueOn: '2026-05-09' });
    const board = await page('/replies/dashboard');
    expect(board.match(/It was due on 30 April 2026 and is not done/g)).toHaveLength(7);
    expect(board).toMatch(/<b>8 May 2026<\/b> Due: <a[^>]*><bdi>Nearly there/);
    expect(board).not.toContain('Far away');
    expect(board.match(/<b>58%<\/b>/g)).toHaveLength(2);
    const sheet = await page('/replies/dashboard/meeting');
    expect(sheet.match(/It was due on 30 April 2026 and is not done/g)).toHaveLength(5);
    expect(sheet).toContain('Left out, so that this stays on one sheet: overdue actions: 2.');
  });
});

describe('an action that follows from a finding', () => {
  it('stands in the plan, and the finding says what the plan says now', async () => {
    const { releaseId } = await releaseWave(house.services.database, AUTHORITY);
    const made = await post(house, '/replies/findings', { ...cellOf(releaseId), whyItMatters: 'It does.' }, planner);
    const finding = String(made.headers.location).split('?')[0]!;
    await post(house, `${finding}/actions`, ACTION, planner);
    const action = /href="(\/replies\/plan\/actions\/[\w-]{20,})"/.exec(await page('/replies/plan'))![1]!;
    expect(await page(action)).toContain(`href="${finding}"`);
    await post(house, action, { ...WORDS, task: 'Lights that burn all night' }, planner);
    expect(await page(finding)).toContain('Lights that burn all night');
    const other = await make();
    await post(house, `${other}/findings`, { finding: finding.split('/').at(-1)! }, planner);
    await post(house, `${other}/findings`, { finding: finding.split('/').at(-1)! }, planner);
    expect((await page(finding)).match(/Open the hall on Friday evenings/g)).toHaveLength(1);
    const nowhere = await post(house, `${other}/findings`, { finding: 'none' }, planner);
    expect(nowhere.statusCode).toBe(422);
  });
});
