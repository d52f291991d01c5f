import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { choiceKind } from './one-choice.ts';

export const FacesQuestion = Type.Object(
  { kind: Type.Literal('faces'), ...askedShape, options: Type.Array(Option, { minItems: 3, maxItems: 5 }) },
  closed,
);
export type FacesQuestion = Static<typeof FacesQuestion>;

/** Faces are one choice whose options are degrees of a smile, from the least to the most. */
export const faces = choiceKind<FacesQuestion>('faces');
