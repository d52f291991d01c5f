/*
 * Days on which schools are open, for what has to be done "by the end of the next school day".
 * Days are civil dates ("2026-05-01").
 */

/** The zone that schools live in: a text written at ten to one at night belongs to the new day there. */
const SCHOOL_ZONE = 'Europe/London';

const days = new Intl.DateTimeFormat('en-CA', {
  timeZone: SCHOOL_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/**
 * The civil date at schools.
 * @param at a time as ISO-8601 text
 */
export function schoolDate(at: string): string {
  const parts = new Map(days.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/**
 * The first day after this one on which schools are open: Monday to Friday, unless closed.
 * @param closedDays holidays of the authority; none until an authority can enter them
 * @throws if the day is not a civil date
 */
export function nextSchoolDay(day: string, closedDays: readonly string[] = []): string {
  const date = new Date(`${day}T00:00:00.000Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    throw new Error(`Expected a civil date such as 2026-05-01, found "${day}". Give the day as schoolDate() does.`);
  const closed = new Set(closedDays);
  for (;;) {
    date.setUTCDate(date.getUTCDate() + 1);
    const next = date.toISOString().slice(0, 10);
    const weekday = date.getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !closed.has(next)) return next;
  }
}

/** Whether the last day for something is over. */
export function isOverdue(dueOn: string, today: string): boolean {
  return today > dueOn;
}
