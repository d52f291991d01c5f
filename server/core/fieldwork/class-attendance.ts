/*
 * How many of a class are here on the day on which it answers. A teacher may say so; then the page speaks of these, and
 * who is absent is counted for the catch-up. All of it goes by what the teacher knows already: the roll less opt-outs,
 * who has started, and what was typed. Nothing of it depends on who has finished (docs/decisions/0065).
 */

/** What is known of one day of a class. */
export interface Attendance {
  /** How many are here; null if nobody said. */
  here: number | null;
  /** How many had started before that day. */
  startedBefore: number;
}

/** Those of a class who are left for another day. */
export interface Absence {
  /** Null if nobody ever said how many are here. */
  absent: number | null;
  /** How many of the class those who had started and those here came to when that was said. */
  reached: number | null;
}

/** How many may be said to be here at most: everybody on the roll, and the places added. */
export function mostHere(roll: number, spares: number): number {
  return roll + spares;
}

/** Whether so many can be here. Nobody here is no lesson, and who has started or finished does not come into it. */
export function isHereCount(count: number, most: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= most;
}

/** Who is left for another day, once it is said how many are here. */
export function absenceOf(expected: number, { here, startedBefore }: Attendance): Absence {
  if (here === null) return { absent: null, reached: null };
  const reached = startedBefore + here;
  return { absent: Math.max(expected - reached, 0), reached };
}

/** How many of those who were absent are still left: each who starts beyond those reached is one less. */
export function stillAbsent({ absent, reached }: Absence, started: number): number {
  if (absent === null || reached === null) return 0;
  return Math.max(absent - Math.max(started - reached, 0), 0);
}
