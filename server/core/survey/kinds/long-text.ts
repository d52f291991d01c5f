import { Type, type Static } from 'typebox';
import { askedShape, closed } from '../item.ts';
import { writtenKind } from './short-text.ts';

export const LongTextQuestion = Type.Object(
  { kind: Type.Literal('long-text'), ...askedShape, maxLength: Type.Integer({ minimum: 200, maximum: 1500 }) },
  closed,
);
export type LongTextQuestion = Static<typeof LongTextQuestion>;

/** Several sentences, with a count of how much room is left. */
export const longText = writtenKind<LongTextQuestion>('long-text');
