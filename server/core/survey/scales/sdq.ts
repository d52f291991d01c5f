import type { Bands, Instrument, ItemScale, MissingRule, Total } from '../scales.ts';

/*
 * Scoring rules of the Strengths and Difficulties Questionnaire (25 items, four bands). Rules alone: its
 * items are not in the public domain and do not ship with Heard. Source: the published scoring
 * instructions; edges of bands that nobody has checked against them yet say so.
 */

export const SDQ_RATERS = ['teacher', 'self', 'parent'] as const;
export type SdqRater = (typeof SDQ_RATERS)[number];

/** 'prorate': a subscale needs three of its five items. 'strict': it needs all. */
export type SdqMissing = 'prorate' | 'strict';

const REVERSE = [7, 11, 14, 21, 25];

const SUBSCALES = {
  emotional: [3, 8, 13, 16, 24],
  conduct: [5, 7, 12, 18, 22],
  hyperactivity: [2, 10, 15, 21, 25],
  peer: [6, 11, 14, 19, 23],
  prosocial: [1, 4, 9, 17, 20],
} as const;

type Subscale = keyof typeof SUBSCALES;

/** Prosocial behaviour is a strength: left out of the total of difficulties. */
const DIFFICULTIES: Subscale[] = ['emotional', 'conduct', 'hyperactivity', 'peer'];

const MISSING: Record<SdqMissing, MissingRule> = { prorate: { rule: 'prorate', least: 3 }, strict: { rule: 'all' } };

const RAISED = ['close-to-average', 'slightly-raised', 'high', 'very-high'];
const LOWERED = ['close-to-average', 'slightly-lowered', 'low', 'very-low'];

/** The last scores of the first three bands. Those of prosocial fall. */
const EDGES: Record<SdqRater, Record<Subscale | 'total', readonly number[]>> = {
  teacher: {
    total: [11, 15, 18],
    emotional: [3, 4, 5],
    conduct: [2, 3, 4],
    hyperactivity: [5, 7, 8],
    peer: [2, 4, 5],
    prosocial: [6, 5, 4],
  },
  self: {
    total: [14, 17, 19],
    emotional: [4, 5, 6],
    conduct: [3, 4, 5],
    hyperactivity: [5, 6, 7],
    peer: [2, 3, 4],
    prosocial: [7, 6, 5],
  },
  parent: {
    total: [13, 16, 19],
    emotional: [3, 4, 6],
    conduct: [2, 3, 5],
    hyperactivity: [5, 7, 8],
    peer: [2, 3, 4],
    prosocial: [8, 7, 6],
  },
};

/** Which of the three edges were checked, the same for every score of a rater. */
const CHECKED: Record<SdqRater, readonly boolean[]> = {
  teacher: [true, true, true],
  self: [true, false, false],
  parent: [false, false, false],
};

/** The rules for one rater: five subscales and the total of difficulties. */
export function sdq(rater: SdqRater, missing: SdqMissing = 'prorate'): Instrument {
  const total: Total = { id: 'total', parts: DIFFICULTIES, bands: bandsOf(rater, 'total') };
  const names = Object.keys(SUBSCALES) as Subscale[];
  return { id: `sdq-${rater}`, scales: names.map((name) => subscale(rater, name, missing)), totals: [total] };
}

function subscale(rater: SdqRater, name: Subscale, missing: SdqMissing): ItemScale {
  return {
    id: name,
    asked: 25,
    range: { lowest: 0, highest: 2 },
    items: SUBSCALES[name].map((number) => (REVERSE.includes(number) ? { number, reverse: true } : { number })),
    method: 'sum',
    missing: MISSING[missing],
    bands: bandsOf(rater, name),
  };
}

function bandsOf(rater: SdqRater, name: Subscale | 'total'): Bands {
  const falling = name === 'prosocial';
  return {
    order: falling ? 'falling' : 'rising',
    names: falling ? LOWERED : RAISED,
    edges: EDGES[rater][name].map((score, index) => ({ score, checked: CHECKED[rater][index] ?? false })),
  };
}
