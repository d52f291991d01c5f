import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourByRule, COLOUR_RULES, type ColourRule, type Judged } from '../../../../server/core/loop/plan/colour.ts';
import { isDecimal, measureState, readDecimal, type MeasureWords } from '../../../../server/core/loop/plan/measures.ts';
import { nextReference } from '../../../../server/core/loop/plan/plan.ts';
import { endOfQuarter, quarterOf, readQuarter, writeQuarter } from '../../../../server/core/loop/plan/quarters.ts';
import { emptyWords, partsChanged, PLAN_FIELDS, planFaults } from '../../../../server/core/loop/plan/words.ts';

const MEASURE: MeasureWords = { name: 'Waiting', unit: '%', better: 'lower', baseline: '40', target: '20' };
const ACTION: Judged = {
  words: { startsOn: '2026-04-01', dueOn: '2026-12-31' },
  madeAt: '2026-03-01T09:00:00.000Z',
  state: 'open',
  progress: [],
  measures: [],
};

describe('the colour by the rule', () => {
  it.each<[string, string, Partial<Judged>, ColourRule]>([
    ['done, however late', '2027-05-01', { state: 'done' }, 'done'],
    ['stopped', '2027-05-01', { state: 'stopped' }, 'stopped'],
    ['on its day', '2026-12-31', { progress: [{ on: '2026-12-01' }] }, 'due-soon'],
    ['a day late', '2027-01-01', { progress: [{ on: '2026-12-31' }] }, 'overdue'],
    ['before it begins', '2026-03-31', {}, 'not-begun'],
    ['92 days after it began', '2026-07-02', {}, 'on-course'],
    ['93 days after it began', '2026-07-03', {}, 'quiet'],
    ['93 days after the last word', '2026-08-03', { progress: [{ on: '2026-05-02' }, { on: '2026-04-20' }] }, 'quiet'],
    ['29 days before', '2026-12-02', { progress: [{ on: '2026-12-01' }] }, 'on-course'],
    ['28 days before', '2026-12-03', { progress: [{ on: '2026-12-01' }] }, 'due-soon'],
    ['with a measure that is worse', '2026-05-01', { measures: [{ words: MEASURE, values: [{ quarter: '2026-Q1', value: '41' }] }] }, 'measure-worse'],
    ['with one that got better since', '2026-05-01', { measures: [{ words: MEASURE, values: [{ quarter: '2025-Q4', value: '41' }, { quarter: '2026-Q1', value: '39' }] }] }, 'on-course'],
  ])('is that of what is %s', (_what, today, change, rule) => {
    expect(colourByRule({ ...ACTION, ...change }, today)).toMatchObject({ rule, colour: COLOUR_RULES[rule] });
  }); // prettier-ignore
});

describe('a measure', () => {
  it('improves by the way that is good', () => {
    const values = [{ quarter: '2026-Q1', value: '45' }, { quarter: '2026-Q2', value: '30' }]; // prettier-ignore
    expect(measureState(MEASURE, values)).toMatchObject({ sinceBaseline: 'improved', sinceLast: 'improved', target: 'not-yet' });
    expect(measureState({ ...MEASURE, better: 'higher' }, values)).toMatchObject({ sinceBaseline: 'worsened', target: 'reached' });
    expect(measureState({ ...MEASURE, baseline: '' }, values)).toMatchObject({ sinceBaseline: 'unknown', lacksBaseline: true });
    expect(measureState({ ...MEASURE, baseline: '', target: '' }, [])).toMatchObject({ target: 'none', lacksBaseline: false });
  }); // prettier-ignore

  it('reads numbers as people write them, and takes nothing that is none', () => {
    expect(['62%', ' 1,250 ', '3.50', '-2', '1,250,000'].map(readDecimal)).toEqual([
      '62',
      '1250',
      '3.5',
      '-2',
      '1250000',
    ]);
    for (const text of ['', 'many', '1.2.3', '62,5', '1e9', '12 of 40'])
      expect(isDecimal(readDecimal(text)), text).toBe(false);
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999_999, max: 99_999_999 }),
        fc.integer({ min: 0, max: 9999 }),
        (whole, part) => {
          const text = `${whole}.${String(part).padStart(4, '0')}`;
          expect(isDecimal(readDecimal(text))).toBe(true);
          expect(Number(readDecimal(text))).toBe(Number(text));
        },
      ),
    );
  });
});

describe('a quarter', () => {
  it('is one of a financial year that begins in April', () => {
    expect(['2026-03-31', '2026-04-01', '2026-12-31', '2027-01-01'].map(quarterOf)).toEqual([
      '2025-Q4', '2026-Q1', '2026-Q3', '2026-Q4',
    ]); // prettier-ignore
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2098 }), fc.integer({ min: 1, max: 4 }), (year, number) => {
        const quarter = `${year}-Q${number}`;
        expect(readQuarter(writeQuarter(quarter), 0)).toBe(quarter);
        expect(readQuarter(quarter, 0)).toBe(quarter);
        expect(quarterOf(endOfQuarter(quarter))).toBe(quarter);
        expect(readQuarter(`q${number}`, year)).toBe(quarter);
      }),
    );
  });

  it('is not two years that do not follow each other, nor anything else', () => {
    for (const text of ['2026/28 Q1', 'Q5', '2026/27', 'first', '26/27 Q1', ''])
      expect(readQuarter(text, 2026), text).toBeUndefined();
  });
});

describe('an action', () => {
  it('is told apart in just the parts that changed', () => {
    const words = { ...emptyWords(), task: 'a', lead: 'b', dueOn: '2026-12-31' };
    expect(partsChanged(words, words)).toEqual([]);
    for (const field of PLAN_FIELDS) {
      const value = Array.isArray(words[field]) ? [1] : 'changed';
      expect(partsChanged(words, { ...words, [field]: value }).map((part) => part.field)).toEqual([field]);
    }
    expect(planFaults(words, new Set(['authority']))).toEqual([]);
  });

  it('is numbered after the largest number', () => {
    expect([[], ['1', '7', '2.9', 'A'], ['x']].map(nextReference)).toEqual(['1', '8', '1']);
  });
});
