import { schoolTime, timeAtSchools } from '../fieldwork/school-days.ts';

/*
 * When a forum is open. What a member writes outside these hours waits, so that nothing is said among young people while
 * no youth worker is there.
 */

/** Monday is 1, Sunday is 7. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The hours of one weekday, as civil times at schools ("16:00"); it opens once a day at most. */
export interface OpeningHours {
  weekday: Weekday;
  opensAt: string;
  /** Not open any more at this minute. */
  closesAt: string;
}

/** @param at a time as ISO-8601 text */
export function isOpenAt(hours: readonly OpeningHours[], at: string): boolean {
  const { weekday, time } = schoolTime(at);
  return hours.some((day) => day.weekday === weekday && day.opensAt <= time && time < day.closesAt);
}

/**
 * When a forum opens next, as ISO-8601 text in UTC; undefined if it has no hours.
 * @param at a time at which it is closed
 */
export function nextOpening(hours: readonly OpeningHours[], at: string): string | undefined {
  for (let days = 0; days <= WEEKDAYS.length; days += 1) {
    const { day, weekday } = schoolTime(new Date(Date.parse(at) + days * 86_400_000).toISOString());
    const opening = hours.find((one) => one.weekday === weekday);
    const opensAt = opening && timeAtSchools(day, opening.opensAt);
    if (opensAt !== undefined && opensAt > at) return opensAt;
  }
  return undefined;
}

export type HoursFault = 'half' | 'not-a-time' | 'closes-first';

/** What is wrong with the hours of a day as they were typed; null if nothing is, or if the day is left empty. */
export function hoursFault(opensAt: string, closesAt: string): HoursFault | null {
  if (opensAt === '' && closesAt === '') return null;
  if (opensAt === '' || closesAt === '') return 'half';
  if (![opensAt, closesAt].every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time))) return 'not-a-time';
  return closesAt <= opensAt ? 'closes-first' : null;
}
