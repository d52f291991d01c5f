import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { encodeOneOf, optionPieces, readOneOf, type AnswerKind } from './kind.ts';

export const OneChoiceQuestion = Type.Object(
  { kind: Type.Literal('one-choice'), ...askedShape, options: Type.Array(Option, { minItems: 2, maxItems: 200 }) },
  closed,
);
export type OneChoiceQuestion = Static<typeof OneChoiceQuestion>;

/** What one choice and faces share: exactly one of a few options. */
export function choiceKind<Item extends { id: string; options: Option[] }>(name: string): AnswerKind<Item> {
  const codes = (item: Item) => item.options.map((option) => option.code);
  return {
    name,
    codes,
    read: (item, values) => readOneOf(codes(item), values),
    slots: (item) => [{ question: item.id, part: null, codes: codes(item) }],
    encode: (item, value) => encodeOneOf(codes(item), value),
    holds: (_item, value) => [String(value)],
    pieces: (item) => optionPieces(codes(item)),
  };
}

export const oneChoice = choiceKind<OneChoiceQuestion>('one-choice');
