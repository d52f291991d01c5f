/* What adults sign that they take on. */

export type DayFault = 'not-a-day' | 'past';

/**
 * What is wrong with the day until which something is promised; null if nothing is.
 * @param typed a day as a date field gives it ("2026-05-07"); @param today the day at schools
 */
export function dayFault(typed: string, today: string): DayFault | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed));
  // "2026-02-30" is read as a day in March.
  if (!isDay || new Date(typed).toISOString().slice(0, 10) !== typed) return 'not-a-day';
  return typed < today ? 'past' : null;
}
