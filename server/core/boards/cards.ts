/* What stands on a card, and how many stars there are to give. */

/** The longest words of a card or a heading, in characters. */
export const LONGEST_CARD = 140;
export const LONGEST_HEADING = 60;

/** Stars that each member has for an event; one a card, so that nobody lifts one idea alone. */
export const STARS_EACH = 5;

/** Lines that a youth worker types in at once. */
export const MOST_LINES = 60;

export type LinesFault = { code: 'none' } | { code: 'too-many' } | { code: 'too-long'; line: number };

/**
 * The cards in what was typed in for a room: one a line; empty lines and lines that stand there twice count once or not.
 * @param typed lines; bullets and dashes before the words are taken off
 */
export function cardLines(typed: string): string[] {
  const lines = typed.split(/\r?\n/u).map((line) =>
    line
      .replace(/^[\s•*–—-]+/u, '')
      .replace(/\s+/gu, ' ')
      .trim(),
  );
  return [...new Set(lines.filter(Boolean))];
}

/** What is wrong with lines for a room; the first that is too long is named by its place among them, from 1. */
export function linesFault(lines: readonly string[]): LinesFault | null {
  if (lines.length === 0) return { code: 'none' };
  if (lines.length > MOST_LINES) return { code: 'too-many' };
  const long = lines.findIndex((line) => [...line].length > LONGEST_CARD);
  return long < 0 ? null : { code: 'too-long', line: long + 1 };
}
