/* How far a class is, and for how long it can be joined. What is shown of it is worked out in class-shown.ts. */

export interface ClassProgress {
  expected: number;
  started: number;
  /** Sent, declined or stopped: these are never told apart. */
  finished: number;
  /** Devices of those answering that have not been heard of lately. */
  quiet: number;
  /** Today's; null while nobody has said how many are here. */
  today: ClassToday | null;
}

/** How many are here today, and how many had started before. */
export interface ClassToday {
  here: number;
  startedBefore: number;
}

/** Minutes for which a class can be joined once it is opened: a double lesson. */
export const OPEN_MINUTES = 120;
/** Minutes that one press of "extra time" adds. */
export const EXTRA_MINUTES = 15;
/** Extra minutes that one opening may come to: a code on a board is not good for ever. */
export const MOST_EXTRA_MINUTES = 90;

/** A time some minutes after another, as ISO-8601 UTC text. */
export function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * 60_000).toISOString();
}
