/*
 * Quarters as councils count them: a financial year begins in April, so the first quarter of 2026/27 is April to June 2026.
 * A quarter is named by the year in which its financial year begins: "2026-Q4" is January to March 2027.
 */

export const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'] as const;

/** The quarter that a civil date lies in. */
export function quarterOf(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const since = month - 4;
  return since < 0 ? `${year - 1}-Q4` : `${year}-Q${Math.floor(since / 3) + 1}`;
}

/** The year in which the financial year of a quarter begins. */
export function yearOfQuarter(quarter: string): number {
  return Number(quarter.slice(0, 4));
}

/** "2026-Q1" as councils write it: "2026/27 Q1". */
export function writeQuarter(quarter: string): string {
  return `${writeYear(yearOfQuarter(quarter))} ${quarter.slice(5)}`;
}

/** 2026 as a financial year: "2026/27". */
export function writeYear(year: number): string {
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
}

/**
 * A quarter that somebody wrote: "2026/27 Q1", "Q1 2026/27", "2026-27 Q1", "2026-Q1", or "Q1" alone.
 * @param year the financial year that "Q1" alone is of
 * @returns undefined for anything else, such as two years that do not follow each other
 */
export function readQuarter(text: string, year: number): string | undefined {
  const tidy = text.trim().toUpperCase();
  const number = /\bQ([1-4])\b/.exec(tidy)?.[1];
  const rest = tidy.replace(/\bQ[1-4]\b/, '').replace(/[\s–-]+$|^[\s–-]+/g, '');
  if (number === undefined) return undefined;
  if (rest === '') return `${year}-Q${number}`;
  const [, first, second] = /^(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?$/.exec(rest) ?? [];
  if (first === undefined) return undefined;
  if (second !== undefined && Number(second) % 100 !== (Number(first) + 1) % 100) return undefined;
  return `${first}-Q${number}`;
}

/** The last day of a quarter. */
export function endOfQuarter(quarter: string): string {
  const year = yearOfQuarter(quarter);
  const ends = { Q1: `${year}-06-30`, Q2: `${year}-09-30`, Q3: `${year}-12-31`, Q4: `${year + 1}-03-31` };
  return ends[quarter.slice(5) as keyof typeof ends];
}
