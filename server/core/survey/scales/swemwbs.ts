import type { ItemScale } from '../scales.ts';

/**
 * Scoring rules of the Short Warwick-Edinburgh Mental Wellbeing Scale. Rules alone: its items are under
 * licence and do not ship with Heard. The sum of seven items (7 to 35) is converted to metric scores.
 * Source: the published conversion table of the scale. Every item has to be answered.
 */
export const SWEMWBS: ItemScale = {
  id: 'swemwbs',
  asked: 7,
  range: { lowest: 1, highest: 5 },
  items: [1, 2, 3, 4, 5, 6, 7].map((number) => ({ number })),
  method: 'sum',
  missing: { rule: 'all' },
  conversion: {
    7: 7.0,
    8: 9.51,
    9: 11.25,
    10: 12.4,
    11: 13.33,
    12: 14.08,
    13: 14.75,
    14: 15.32,
    15: 15.84,
    16: 16.36,
    17: 16.88,
    18: 17.43,
    19: 17.98,
    20: 18.59,
    21: 19.25,
    22: 19.98,
    23: 20.73,
    24: 21.54,
    25: 22.35,
    26: 23.21,
    27: 24.11,
    28: 25.03,
    29: 26.02,
    30: 27.03,
    31: 28.13,
    32: 29.31,
    33: 30.7,
    34: 32.55,
    35: 35.0,
  },
};
