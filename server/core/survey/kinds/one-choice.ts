import type { FacesQuestion, OneChoiceQuestion } from '../definition.ts';
import { encodeOneOf, optionTextFaults, readOneOf, type Kind } from './kind.ts';

/** What one choice and faces share: exactly one of a few options. */
function choice<Item extends OneChoiceQuestion | FacesQuestion>(name: Item['kind']): Kind<Item> {
  const codes = (item: Item) => item.options.map((option) => option.code);
  return {
    name,
    codes,
    read: (item, form) => readOneOf(codes(item), form),
    slots: (item) => [{ question: item.id, part: null, codes: codes(item) }],
    encode: (item, value) => encodeOneOf(codes(item), value),
    holds: (_item, value) => [String(value)],
    textFaults: (item, text) => optionTextFaults(codes(item), text),
  };
}

export const oneChoice = choice<OneChoiceQuestion>('one-choice');

/** Faces are one choice whose options are degrees of a smile, from the least to the most. */
export const faces = choice<FacesQuestion>('faces');
