import type { AnswerValue } from '../answer.ts';

/** What a form says of one question: the values of its field, in order. */
export type FormValues = readonly string[];

/** Why a form could not be read as an answer; each has words in locales. */
export type ReadingFault =
  | 'unknown-option'
  | 'more-than-one'
  | 'none-with-others'
  | 'too-long'
  | 'same-twice'
  | 'place-left-out'
  | 'not-a-number'
  | 'out-of-range';

/** What a form says: a value, nothing at all, or something that cannot be. */
export type Reading = { value: AnswerValue } | { blank: true } | { fault: ReadingFault };

/** One byte of a stored response: a whole choice, one option of a tick-all question, half a number. */
export interface Slot {
  /** The variable it belongs to: a question, a row of one or an option that was ranked. */
  question: string;
  /** The option, where each option has a byte of its own; null for a choice. */
  part: string | null;
  /** What the byte's values 0, 1, 2 … stand for. */
  codes: string[];
  /** For the two bytes of a number, higher byte first, the groups it is counted in. */
  groups?: NumberGroup[];
}

/** Numbers that are counted together, from the first to the last. */
export interface NumberGroup {
  code: string;
  from: number;
  to: number;
}

/** A piece of an item's words beside the question itself. */
export type TextPiece = 'hint' | 'low' | 'high' | `option.${string}` | `row.${string}`;

/** One kind of item. Adding a kind is adding a file here, a line in ../definition.ts and ../kinds.ts, and a template. */
export interface ItemKind<Item> {
  name: string;
  /** The words that an item needs in every language, beside the question, in the order they are read. */
  pieces(item: Item): TextPiece[];
}

/**
 * A kind with one answer. Everything here is pure; how a kind is drawn is in web/questions.ts.
 */
export interface AnswerKind<Item> extends ItemKind<Item> {
  /** Codes that an answer can hold, in order; what routing and indicators may name. */
  codes(item: Item): string[];
  read(item: Item, values: FormValues): Reading;
  slots(item: Item): Slot[];
  /** Bytes for an answered question, one a slot, in the order of `slots`. */
  encode(item: Item, value: AnswerValue): number[];
  /** Codes that a value holds, for routing and indicators. */
  holds(item: Item, value: AnswerValue): string[];
}

/** The values of a field that hold something. */
export function filled(values: FormValues): string[] {
  return values.filter((value) => value !== '');
}

/** Reads a field that may hold one of the codes or nothing. */
export function readOneOf(codes: readonly string[], values: FormValues): Reading {
  const [value, ...others] = filled(values);
  if (value === undefined) return { blank: true };
  if (others.length > 0) return { fault: 'more-than-one' };
  return codes.includes(value) ? { value } : { fault: 'unknown-option' };
}

/** The single byte of a choice, and the code that it stands for. */
export function encodeOneOf(codes: readonly string[], value: AnswerValue): number[] {
  const index = codes.indexOf(String(value));
  if (index < 0) {
    throw new Error(`Answer "${String(value)}" is none of ${codes.join(', ')}: read it with its kind before encoding.`);
  }
  return [index];
}

export function optionPieces(codes: readonly string[]): TextPiece[] {
  return codes.map((code): TextPiece => `option.${code}`);
}
