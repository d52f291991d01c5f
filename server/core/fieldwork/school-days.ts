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

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: SCHOOL_ZONE,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Civil day, weekday (Monday is 1) and time ("16:05") at schools.
 * @param at a time as ISO-8601 text
 */
export function schoolTime(at: string): { day: string; weekday: number; time: string } {
  const parts = new Map(clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const weekday = WEEKDAY_NAMES.indexOf(parts.get('weekday') ?? '') + 1;
  return { day: schoolDate(at), weekday, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

/**
 * When a civil day and time ("2026-05-01", "16:00") come at schools, as ISO-8601 text in UTC. Of the hour that is
 * there twice in autumn the first one is taken; an hour that spring leaves out comes an hour later.
 */
export function timeAtSchools(day: string, time: string): string {
  const wanted = Date.parse(`${day}T${time}:00.000Z`);
  // Schools are at UTC or an hour ahead of it, so one of two times is the right one.
  const ahead = new Date(wanted - 3_600_000).toISOString();
  const isAhead = schoolDate(ahead) === day && schoolTime(ahead).time === time;
  return isAhead ? ahead : new Date(wanted).toISOString();
}

/** Whether the last day for something is over. */
export function isOverdue(dueOn: string, today: string): boolean {
  return today > dueOn;
}
