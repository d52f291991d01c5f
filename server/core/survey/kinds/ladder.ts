import type { LadderQuestion } from '../definition.ts';
import { encodeOneOf, readOneOf, type Kind } from './kind.ts';

/** Steps of the ladder, from the bottom to the top. */
export const LADDER_STEPS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

/** A ladder from 0 to 10 with words at its two ends. */
export const ladder: Kind<LadderQuestion> = {
  name: 'ladder',
  codes: () => [...LADDER_STEPS],
  read: (_item, form) => readOneOf(LADDER_STEPS, form),
  slots: (item) => [{ question: item.id, part: null, codes: [...LADDER_STEPS] }],
  encode: (_item, value) => encodeOneOf(LADDER_STEPS, value),
  holds: (_item, value) => [String(value)],
  textFaults: (_item, text) => [
    ...(text.low ? [] : ['has no words for the bottom of the ladder ("low")']),
    ...(text.high ? [] : ['has no words for the top of the ladder ("high")']),
  ],
};
