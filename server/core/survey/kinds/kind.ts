import type { AnswerValue } from '../answer.ts';
import type { ItemText, SurveyItem } from '../definition.ts';

/** Form fields of one question as they arrive: a field's values, in order. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** The field that every kind names its answer with. */
export const ANSWER_FIELD = 'answer';

/** Why a form could not be read as an answer; each has words in locales. */
export type ReadingFault = 'unknown-option' | 'more-than-one' | 'none-with-others' | 'too-long';

/** What a form says: a value, nothing at all, or something that cannot be. */
export type Reading = { value: AnswerValue } | { blank: true } | { fault: ReadingFault };

/** One byte of a stored response: a whole choice, or one option of a tick-all question. */
export interface Slot {
  question: string;
  /** The option, where each option has a byte of its own; null for a choice. */
  part: string | null;
  /** What the byte's values 0, 1, 2 … stand for. */
  codes: string[];
}

/**
 * One kind of question. Adding a kind is adding a file beside this one, a line in kinds.ts and a template.
 * Everything here is pure; how a kind is drawn is in web/questions.ts.
 */
export interface Kind<Item extends SurveyItem> {
  name: Item['kind'];
  /** Codes that an answer can hold, in order; what routing and indicators may name. */
  codes(item: Item): string[];
  read(item: Item, form: FormValues): Reading;
  slots(item: Item): Slot[];
  /** Bytes for an answered question, one a slot, in the order of `slots`. */
  encode(item: Item, value: AnswerValue): number[];
  /** Codes that a value holds, for routing and indicators. */
  holds(item: Item, value: AnswerValue): string[];
  /** Faults of the words of one language, empty if complete. */
  textFaults(item: Item, text: ItemText): string[];
}

/** Words for exactly these options: every missing and every foreign one is named. */
export function optionTextFaults(codes: readonly string[], text: ItemText): string[] {
  const given = Object.keys(text.options ?? {});
  return [
    ...codes.filter((code) => !given.includes(code)).map((code) => `has no words for option "${code}"`),
    ...given.filter((code) => !codes.includes(code)).map((code) => `has words for an unknown option "${code}"`),
  ];
}

/** Reads a field that may hold one of the codes or nothing. */
export function readOneOf(codes: readonly string[], form: FormValues): Reading {
  const values = (form[ANSWER_FIELD] ?? []).filter((value) => value !== '');
  const [value] = values;
  if (value === undefined) return { blank: true };
  if (values.length > 1) return { fault: 'more-than-one' };
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
