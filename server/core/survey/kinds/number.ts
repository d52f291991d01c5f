import { Type, type Static } from 'typebox';
import { askedShape, closed, Code } from '../item.ts';
import { optionPieces, type AnswerKind, type NumberGroup } from './kind.ts';

/** A byte of a number counts up to here, below the bytes of the states. */
export const BASE = 250;
const MOST = 60_000;
const Bound = Type.Integer({ minimum: 0, maximum: MOST });

export const NumberQuestion = Type.Object(
  {
    kind: Type.Literal('number'),
    ...askedShape,
    least: Bound,
    most: Bound,
    /** What numbers are counted together in results: every number from `least` to `most` lies in exactly one. */
    groups: Type.Array(Type.Object({ code: Code, from: Bound, to: Bound }, closed), { minItems: 2, maxItems: 12 }),
  },
  closed,
);
export type NumberQuestion = Static<typeof NumberQuestion>;

/** Eastern and Western digits alike, so that a number can be typed as it is written at home. */
const DIGITS = /[٠-٩۰-۹]/g;
export const westernDigits = (text: string) => text.replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));

function groupOf(item: NumberQuestion, value: number): NumberGroup {
  const group = item.groups.find(({ from, to }) => value >= from && value <= to);
  if (!group)
    throw new Error(
      `The number ${value} lies in no group of "${item.id}": expected ${item.least} to ${item.most}. Read it with its kind.`,
    );
  return group;
}

/** A whole number between two bounds, stored in two bytes. */
export const number: AnswerKind<NumberQuestion> = {
  name: 'number',
  codes: (item) => item.groups.map((group) => group.code),
  read(item, values) {
    const [typed = '', ...others] = values.map((value) => westernDigits(value.trim())).filter((value) => value !== '');
    if (typed === '') return { blank: true };
    if (others.length > 0) return { fault: 'more-than-one' };
    if (!/^\d{1,6}$/.test(typed)) return { fault: 'not-a-number' };
    const value = Number(typed);
    return value < item.least || value > item.most ? { fault: 'out-of-range' } : { value };
  },
  slots: (item) => ['high', 'low'].map((part) => ({ question: item.id, part, codes: [], groups: item.groups })),
  encode: (item, value) => {
    const whole = Number(value);
    groupOf(item, whole);
    return [Math.floor(whole / BASE), whole % BASE];
  },
  holds: (item, value) => [groupOf(item, Number(value)).code],
  pieces: (item) => optionPieces(item.groups.map((group) => group.code)),
};
