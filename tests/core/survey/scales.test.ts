import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import {
  bandFaults,
  type Bands,
  Instrument,
  ItemScale,
  scoreAnswers,
  scoreInstrument,
  scoreScale,
  SurveyScale,
  surveyScaleFaults,
  turnedRound,
} from '../../../server/core/survey/scales.ts';
import { WELLBEING_OLDER, WELLBEING_YOUNGER } from '../../../server/core/survey/scales/own.ts';
import { sdq, SDQ_RATERS } from '../../../server/core/survey/scales/sdq.ts';
import { SWEMWBS } from '../../../server/core/survey/scales/swemwbs.ts';
import reference from './reference/scales.json' with { type: 'json' };

/** Answers from 1 to 5 to seven items, with this sum. */
const sevenAnswers = (sum: number) =>
  Array.from({ length: 7 }, (_, index) => 1 + Math.max(0, Math.min(4, sum - 7 - 4 * index)));

describe('SWEMWBS', () => {
  const metric = new Map(Object.entries(reference.swemwbs.rawToMetric));

  it.each(Array.from({ length: 29 }, (_, index) => index + 7))('turns a sum of %i into its metric score', (raw) => {
    const value = metric.get(String(raw)) ?? 'a pair in the reference';
    const complete = { answered: 7, of: 7, prorated: false, band: null };
    expect(scoreScale(SWEMWBS, sevenAnswers(raw))).toEqual({ value, raw, ...complete });
  });

  it('gives no score when one item is missing', () => {
    const missing = { value: null, reason: 'items-missing', prorated: false, answered: 6, of: 7, band: null };
    expect(scoreScale(SWEMWBS, [5, 5, 5, null, 5, 5, 5])).toEqual(missing);
  });

  it('refuses answers that the instrument does not have', () => {
    expect(() => scoreScale(SWEMWBS, [1, 2, 3, 4, 5, 0, 1])).toThrow(/item 6: expected .* from 1 to 5, found 0/);
    expect(() => scoreScale(SWEMWBS, [1, 2, 3, 4, 5, 1, 6])).toThrow(/item 7: .* found 6/);
    expect(() => scoreScale(SWEMWBS, [1.5, 2, 3, 4, 5, 1, 1])).toThrow(/item 1: .* found 1.5/);
    expect(() => scoreScale(SWEMWBS, [1, 2, 3])).toThrow(/expected 7 answers, found 3/);
    expect(() => scoreScale(SWEMWBS, [1, 2, 3, 4, 5, 1, 1, null])).toThrow(/expected 7 answers, found 8/);
  });
});

const SUBSCALES = reference.sdq.subscales;
type Subscale = keyof typeof SUBSCALES;
const NAMES = Object.keys(SUBSCALES) as Subscale[];

/** Answers to the SDQ whose subscales come out at these scores (0–10; nothing given: 0). */
function sdqAnswers(wanted: Partial<Record<Subscale, number>>): (number | null)[] {
  const answers: (number | null)[] = Array<null>(25).fill(null);
  for (const name of NAMES) {
    SUBSCALES[name].forEach((number, index) => {
      const points = Math.max(0, Math.min(2, (wanted[name] ?? 0) - 2 * index));
      answers[number - 1] = reference.sdq.reverse.includes(number) ? 2 - points : points;
    });
  }
  return answers;
}

/** The answers with some items, by number, left out. */
const without = (answers: (number | null)[], numbers: readonly number[]) =>
  answers.map((answer, index) => (numbers.includes(index + 1) ? null : answer));

function valuesOf(answers: (number | null)[], missing: 'prorate' | 'strict' = 'prorate') {
  const scores = Object.entries(scoreInstrument(sdq('self', missing), answers));
  return Object.fromEntries(scores.map(([id, score]) => [id, score.value]));
}

describe('SDQ', () => {
  const items = NAMES.flatMap((name) => SUBSCALES[name].map((number) => ({ name, number })));
  const mixed = sdqAnswers({ emotional: 4, conduct: 3, hyperactivity: 2, peer: 1, prosocial: 9 });

  it.each(items)('counts item $number in $name from its own end, and in no other subscale', ({ name, number }) => {
    const answers = sdqAnswers({});
    answers[number - 1] = reference.sdq.reverse.includes(number) ? 0 : 2;
    const others = { emotional: 0, conduct: 0, hyperactivity: 0, peer: 0, prosocial: 0 };
    const total = reference.sdq.total.includes(name) ? 2 : 0;
    expect(valuesOf(answers)).toEqual({ ...others, [name]: 2, total });
  });

  it('carries three, four or five answers of a subscale on to five, halves up', () => {
    const emotional = (five: (number | null)[]) => {
      const answers = Array.from({ length: 25 }, (_, index) => five[SUBSCALES.emotional.indexOf(index + 1)] ?? null);
      return scoreInstrument(sdq('self'), answers)['emotional'];
    };
    expect(emotional([2, 1, 1, null, null])).toMatchObject({ value: 7, prorated: true, answered: 3, of: 5 });
    expect(emotional([1, 0, null, 0, null])).toMatchObject({ value: 2, prorated: true });
    expect(emotional([2, 0, 0, 0, null])).toMatchObject({ value: 3, prorated: true });
    expect(emotional([2, 2, 2, 0, null])).toMatchObject({ value: 8, prorated: true });
    expect(emotional([2, 1, 1, 0, 0])).toMatchObject({ value: 4, prorated: false, answered: 5 });
    expect(emotional([2, 2, null, null, null])).toMatchObject({ value: null, reason: 'items-missing', answered: 2 });
  });

  it('carries on what reverse items come to, and not the answers to them', () => {
    // Three items left: item 6 gives 2 points, item 19 none, and reverse item 11 none, answered with 2.
    expect(valuesOf(without(sdqAnswers({ peer: 2 }), [14, 23]))).toMatchObject({ peer: 3, total: 3 });
  });

  it('tells that a total was carried on, and gives none when a part has no score', () => {
    expect(scoreInstrument(sdq('self'), mixed)['total']).toMatchObject({ value: 10, prorated: false, of: 20 });
    const carried = scoreInstrument(sdq('self'), without(mixed, [24]))['total'];
    expect(carried).toMatchObject({ value: 11, prorated: true, answered: 19, of: 20 });
    const lost = { value: null, reason: 'parts-missing', answered: 17, band: null };
    const withoutPeer = scoreInstrument(sdq('self'), without(mixed, [6, 11, 14]));
    expect(withoutPeer).toMatchObject({ emotional: { value: 4 }, peer: { value: null }, total: lost });
    const withoutStrength = scoreInstrument(sdq('self'), without(mixed, SUBSCALES.prosocial));
    expect(withoutStrength).toMatchObject({ prosocial: { value: null }, total: { value: 10, prorated: false } });
  });

  it('gives no score for a subscale with any item missing when it is strict', () => {
    expect(valuesOf(mixed, 'strict')).toEqual(valuesOf(mixed));
    expect(valuesOf(without(mixed, [3]), 'strict')).toMatchObject({ emotional: null, conduct: 3, total: null });
  });

  it('refuses a total of parts that the instrument does not have', () => {
    const broken = { ...sdq('self'), totals: [{ id: 'total', parts: ['emotional', 'courage'] }] };
    expect(() => scoreInstrument(broken, mixed)).toThrow(/expected parts among .*, found "courage"/);
  });
});

const RAISED = ['close-to-average', 'slightly-raised', 'high', 'very-high'];
const LOWERED = ['close-to-average', 'slightly-lowered', 'low', 'very-low'];

describe.each(SDQ_RATERS)('bands of the SDQ, rater %s', (rater) => {
  const edges = reference.sdq.bands[rater];
  const upTo = (most: number) => Array.from({ length: most + 1 }, (_, score) => score);
  const scored = (wanted: Partial<Record<Subscale, number>>) => scoreInstrument(sdq(rater), sdqAnswers(wanted));

  it.each(['emotional', 'conduct', 'hyperactivity', 'peer'] as const)('rise for %s', (name) => {
    for (const value of upTo(10)) {
      const band = { name: RAISED[edges[name].filter((last) => value > last).length] };
      expect(scored({ [name]: value })[name]).toMatchObject({ value, band });
    }
  });

  it('rise for the total', () => {
    for (const value of upTo(40)) {
      const after = (before: number) => Math.max(0, Math.min(10, value - before));
      const wanted = { emotional: after(0), conduct: after(10), hyperactivity: after(20), peer: after(30) };
      const band = { name: RAISED[edges.total.filter((last) => value > last).length] };
      expect(scored(wanted)['total']).toMatchObject({ value, band });
    }
  });

  it('fall for prosocial behaviour', () => {
    for (const value of upTo(10)) {
      const index = edges.prosocialDescending.filter((first) => value < first).length;
      expect(scored({ prosocial: value })['prosocial']).toMatchObject({ value, band: { index, name: LOWERED[index] } });
    }
  });
});

it('tells bands whose edges were all checked from those that nobody has checked', () => {
  const totalBand = (rater: (typeof SDQ_RATERS)[number], emotional: number, conduct: number) =>
    scoreInstrument(sdq(rater), sdqAnswers({ emotional, conduct }))['total']?.band;
  expect(totalBand('teacher', 10, 2)).toEqual({ index: 1, name: 'slightly-raised', checked: true });
  expect(totalBand('self', 10, 4)).toEqual({ index: 0, name: 'close-to-average', checked: true });
  // Where the second band begins was checked, and where it ends was not.
  expect(totalBand('self', 10, 5)).toEqual({ index: 1, name: 'slightly-raised', checked: false });
  expect(totalBand('self', 10, 10)).toEqual({ index: 3, name: 'very-high', checked: false });
  expect(totalBand('parent', 0, 0)).toEqual({ index: 0, name: 'close-to-average', checked: false });
});

/** One code for every question of a scale, and another for the reversed ones. */
const allWith = (scale: SurveyScale, code: string, reversed: string): Record<string, string | undefined> =>
  Object.fromEntries(scale.items.map(({ question, reverse }) => [question, reverse ? reversed : code]));

describe("Heard's own scales", () => {
  const best = allWith(WELLBEING_YOUNGER, 'most-of-the-time', 'hardly-ever');

  it('give the younger 18 at best, worries counted from the other end', () => {
    expect(scoreAnswers(WELLBEING_YOUNGER, best)).toMatchObject({ value: 18, prorated: false, band: null });
    expect(scoreAnswers(WELLBEING_YOUNGER, { ...best, 'wb-worried': 'most-of-the-time' })).toMatchObject({ value: 16 });
    expect(scoreAnswers(WELLBEING_YOUNGER, { ...best, 'wb-fun': 'sometimes' })).toMatchObject({ value: 17 });
  });

  it('make up for two missing answers of the younger, and not for three', () => {
    const four = { ...best, 'wb-fun': undefined, 'wb-calm': undefined, 'wb-proud': 'hardly-ever', 'of-others': 'x' };
    expect(scoreAnswers(WELLBEING_YOUNGER, four)).toMatchObject({ value: 15, prorated: true, answered: 4, of: 6 });
    const three = { ...four, 'wb-proud': undefined };
    expect(scoreAnswers(WELLBEING_YOUNGER, three)).toMatchObject({ value: null, reason: 'items-missing', answered: 3 });
  });

  it('give the older from 7 to 35, and a score from five answers on', () => {
    const score = (answers: Record<string, string | undefined>) => scoreAnswers(WELLBEING_OLDER, answers).value;
    expect(score(allWith(WELLBEING_OLDER, 'all-of-the-time', 'none-of-the-time'))).toBe(35);
    expect(score(allWith(WELLBEING_OLDER, 'none-of-the-time', 'all-of-the-time'))).toBe(7);
    expect(score(allWith(WELLBEING_OLDER, 'rarely', 'some-of-the-time'))).toBe(15);
    const five = { ...allWith(WELLBEING_OLDER, 'often', 'rarely'), 'wbo-clear': undefined, 'wbo-low': undefined };
    expect(score(five)).toBe(28);
    expect(score({ ...five, 'wbo-close': undefined })).toBeNull();
  });

  it('refuse a code that is none of theirs', () => {
    for (const code of ['often', 'constructor']) {
      const scoring = () => scoreAnswers(WELLBEING_YOUNGER, { ...best, 'wb-calm': code });
      expect(scoring).toThrow(/"wb-calm" one of hardly-ever, .*, found "/);
    }
  });
});

describe('rules of scales', () => {
  it('are data that fit their shapes', () => {
    expect([...Value.Errors(ItemScale, SWEMWBS)]).toEqual([]);
    for (const scale of [WELLBEING_YOUNGER, WELLBEING_OLDER]) {
      expect([...Value.Errors(SurveyScale, scale), ...surveyScaleFaults(scale)]).toEqual([]);
      expect(scale.validated).toBe(false);
    }
    for (const instrument of SDQ_RATERS.map((rater) => sdq(rater))) {
      expect([...Value.Errors(Instrument, instrument)]).toEqual([]);
      const bands = [...instrument.scales, ...instrument.totals].flatMap((scale) => scale.bands ?? []);
      expect(bands).toHaveLength(6);
      expect(bands.flatMap(bandFaults)).toEqual([]);
    }
  });

  it('of a survey name what is wrong with them', () => {
    const items = ['wb-cheerful', 'wb-cheerful'].map((question) => ({ question }));
    const edges = [9, 8].map((score) => ({ score, checked: true }));
    const bands: Bands = { order: 'rising', names: ['low', 'high'], edges };
    const faults = surveyScaleFaults({ ...WELLBEING_YOUNGER, items, bands }).join('\n');
    expect(faults).toMatch(/counts "wb-cheerful" twice.*\n.*needs 4 answers and has 2 items.*\n/);
    expect(faults).toMatch(/has 2 bands and 2 edges.*\n.*edges that are not rising/);
    expect(Value.Check(SurveyScale, { ...WELLBEING_YOUNGER, codes: { 'Not A Code': 1, sometimes: 2 } })).toBe(false);
    expect(Value.Check(SurveyScale, { ...WELLBEING_YOUNGER, missing: { rule: 'prorate', least: 0 } })).toBe(false);
  });
});

/** A scale with answers that it allows, some of them missing. */
const scaleWithAnswers = fc
  .record({
    lowest: fc.integer({ min: -3, max: 3 }),
    width: fc.integer({ min: 1, max: 10 }),
    reverse: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
    method: fc.constantFrom('sum' as const, 'mean' as const),
  })
  .chain(({ lowest, width, reverse, method }) => {
    const range = { lowest, highest: lowest + width };
    const asked = reverse.length;
    const items = reverse.map((is, index) => ({ number: index + 1, ...(is ? { reverse: true as const } : {}) }));
    const answer = fc.integer({ min: range.lowest, max: range.highest });
    const scale: ItemScale = { id: 'any', asked, range, items, method, missing: { rule: 'all' } };
    const carriedFrom = (least: number) => ({ ...scale, missing: { rule: 'prorate' as const, least } });
    return fc.record({
      scale: fc.constant(scale),
      carried: fc.integer({ min: 1, max: asked }).map(carriedFrom),
      full: fc.array(answer, { minLength: asked, maxLength: asked }),
      some: fc.array(fc.option(answer, { freq: 2 }), { minLength: asked, maxLength: asked }),
      order: fc.shuffledSubarray([...reverse.keys()], { minLength: asked }),
    });
  });

const plain = (scale: ItemScale): ItemScale => ({ ...scale, items: scale.items.map(({ number }) => ({ number })) });

type Case = typeof scaleWithAnswers extends fc.Arbitrary<infer One> ? One : never;
const always = (name: string, check: (one: Case) => void) =>
  it(name, () => fc.assert(fc.property(scaleWithAnswers, check)));

describe('any scale', () => {
  always('does not mind the order of the same answers to items that are not reversed', ({ carried, some, order }) => {
    const shuffled = order.map((index) => some[index] ?? null);
    expect(scoreScale(plain(carried), shuffled)).toEqual(scoreScale(plain(carried), some));
  });

  always('is where it was when answers are turned round twice', ({ scale, full }) => {
    const round = full.map((answer) => turnedRound(answer, scale.range));
    expect(round.map((answer) => turnedRound(answer, scale.range))).toEqual(full);
    const once = full.map((answer, index) => (scale.items[index]?.reverse ? round[index]! : answer));
    expect(scoreScale(scale, once)).toEqual(scoreScale(plain(scale), full));
  });

  always('carries nothing on when all items are answered', ({ scale, carried, full }) => {
    const sum = full.reduce((one, other) => one + other, 0);
    const value = scale.method === 'sum' ? sum : sum / full.length;
    expect(scoreScale(plain(carried), full)).toMatchObject({ value, prorated: false });
    expect(scoreScale(carried, full)).toEqual(scoreScale(scale, full));
  });

  always('stays within its possible scores, answers missing or not', ({ carried, some }) => {
    const { value } = scoreScale({ ...carried, missing: { rule: 'prorate', least: 1 } }, some);
    fc.pre(value !== null);
    const items = carried.method === 'sum' ? some.length : 1;
    expect(value).toBeGreaterThanOrEqual(items * carried.range.lowest);
    expect(value).toBeLessThanOrEqual(items * carried.range.highest);
  });

  always('has a score exactly when enough is answered, and says if some was missing', ({ scale, carried, some }) => {
    const answered = some.filter((answer) => answer !== null).length;
    const score = scoreScale(carried, some);
    expect(score).toMatchObject({ answered, of: some.length });
    expect(score.value !== null).toBe(answered >= carried.missing.least);
    expect(score.prorated).toBe(score.value !== null && answered < some.length);
    expect(scoreScale(scale, some).value !== null).toBe(answered === some.length);
  });
});
