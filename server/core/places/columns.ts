import { STAGES, isStage, type Stage } from '../survey/stage.ts';

/*
 * The columns of the import formats: what may stand in a cell, in words and as a parser.
 * Text outside the table is refused rather than guessed at: a guess would be found out after the wave.
 */
export interface Column<Value> {
  /** Finishes "expected …", in the documentation and in every fault. */
  expected: string;
  /** The value of a trimmed cell; undefined if it cannot stand there. */
  parse(text: string): Value | undefined;
}

/** What identifies a place inside its authority. It stands in addresses, so it is short and plain. */
const CODE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/;

/** Begins with a letter or digit, so that no spreadsheet takes it for a formula; no control characters. */
const NAME_PATTERN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{S}\u200c\u200d]{0,99}$/u;

const CLASS_PATTERN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} /.-]{0,19}$/u;

/** More pupils than any one class, so a figure beyond it is a slip of the keyboard. */
export const MOST_PUPILS_IN_A_ROW = 2000;

function matching(pattern: RegExp, expected: string): Column<string> {
  return { expected, parse: (text) => (pattern.test(text) ? text : undefined) };
}

export const code = matching(
  CODE_PATTERN,
  'a code of 1 to 20 letters (A to Z), digits or hyphens, beginning with a letter or digit',
);

export const placeName = matching(NAME_PATTERN, 'a name of 1 to 100 characters, beginning with a letter or digit');

export const className = matching(
  CLASS_PATTERN,
  'a class of 1 to 20 letters, digits, spaces, slashes, points or hyphens, beginning with a letter or digit',
);

/** One of a few words, written exactly so. */
export function oneOf<Word extends string>(...words: Word[]): Column<Word> {
  return {
    expected: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** A column whose cell may be blank: not held, or not yet. */
export function orBlank<Value>(column: Column<Value>, meaning: string): Column<Value | null> {
  return {
    expected: `${column.expected}, or blank (${meaning})`,
    parse: (text) => (text === '' ? null : column.parse(text)),
  };
}

export function wholeNumber(least: number, most: number): Column<number> {
  return {
    expected: `a whole number from ${least} to ${most}`,
    parse(text) {
      if (!/^\d{1,9}$/.test(text)) return undefined;
      const number = Number(text);
      return number >= least && number <= most ? number : undefined;
    },
  };
}

/** A civil date that the calendar has, written year-month-day. */
export const civilDate: Column<string> = {
  expected: 'a date that exists, written year-month-day as in 2025-09-17',
  parse(text) {
    if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined;
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
  },
};

export const stage: Column<Stage> = {
  expected: `a stage: one of ${STAGES.join(', ')}`,
  parse: (text) => (isStage(text) ? text : undefined),
};
