import type { ClassColumns } from './class-tables.ts';

/** How many are here on the day on which a class was last opened; as in tables.ts. */
export interface ClassAttendanceTable extends ClassColumns {
  /** Civil date at schools. */
  day: string;
  /** How many of the class had started before this day's opening. */
  started_before: number;
  /** How many are here that day; null if nobody said. */
  here: number | null;
  /** How many were left for another day when that was last said; null if it never was. */
  absent: number | null;
  /** How many of the class those who had started and those here came to then. */
  reached: number | null;
}
