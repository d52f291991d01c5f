import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { filled, optionPieces, type AnswerKind } from './kind.ts';

export const RankingQuestion = Type.Object(
  {
    kind: Type.Literal('ranking'),
    ...askedShape,
    options: Type.Array(Option, { minItems: 3, maxItems: 9 }),
    /** How many places there are to give: "your first three". */
    places: Type.Integer({ minimum: 1, maximum: 5 }),
  },
  closed,
);
export type RankingQuestion = Static<typeof RankingQuestion>;

const codes = (item: RankingQuestion) => item.options.map((option) => option.code);

/** What became of one option of a ranking: its place, or none. */
export function placeCodes(item: RankingQuestion): string[] {
  return [...Array.from({ length: item.places }, (_, index) => `place-${index + 1}`), 'no-place'];
}

/** Options in order of what matters most, from first place down; places at the end may stay empty. */
export const ranking: AnswerKind<RankingQuestion> = {
  name: 'ranking',
  codes,
  read(item, values) {
    const chosen = filled(values);
    if (chosen.length === 0) return { blank: true };
    if (chosen.some((code) => !codes(item).includes(code))) return { fault: 'unknown-option' };
    if (new Set(chosen).size < chosen.length) return { fault: 'same-twice' };
    if (chosen.length > item.places) return { fault: 'more-than-one' };
    return values.slice(0, chosen.length).includes('') ? { fault: 'place-left-out' } : { value: chosen };
  },
  slots: (item) => codes(item).map((code) => ({ question: `${item.id}.${code}`, part: null, codes: placeCodes(item) })),
  encode(item, value) {
    const placed = Array.isArray(value) ? value : [];
    return codes(item).map((code) => (placed.includes(code) ? placed.indexOf(code) : item.places));
  },
  holds: (_item, value) => (Array.isArray(value) ? value : [String(value)]),
  pieces: (item) => optionPieces(codes(item)),
};
