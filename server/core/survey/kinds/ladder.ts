import { Type, type Static } from 'typebox';
import { askedShape, closed } from '../item.ts';
import { encodeOneOf, readOneOf, type AnswerKind } from './kind.ts';

export const LadderQuestion = Type.Object({ kind: Type.Literal('ladder'), ...askedShape }, closed);
export type LadderQuestion = Static<typeof LadderQuestion>;

/** Steps of the ladder, from the bottom to the top. */
const LADDER_STEPS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

/** A ladder from 0 to 10 with words at its two ends. */
export const ladder: AnswerKind<LadderQuestion> = {
  name: 'ladder',
  codes: () => [...LADDER_STEPS],
  read: (_item, values) => readOneOf(LADDER_STEPS, values),
  slots: (item) => [{ question: item.id, part: null, codes: [...LADDER_STEPS] }],
  encode: (_item, value) => encodeOneOf(LADDER_STEPS, value),
  holds: (_item, value) => [String(value)],
  pieces: () => ['low', 'high'],
};
