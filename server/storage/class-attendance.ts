import type { Transaction } from 'kysely';
import { absenceOf, stillAbsent, type Absence, type Attendance } from '../core/fieldwork/class-attendance.ts';
import { columnsOf, type ClassKey } from './class-sheets.ts';
import { startedIn, type ClassParts } from './class-counts.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** What a class's page shows of a day. */
export type DayOfClass = Attendance & Absence;

/** How many of a class are here on the day on which it answers: a number that a teacher may give, and correct. */
export interface ClassAttendances {
  /**
   * Notes how many have started before the day's first opening; a second opening on the same day changes nothing.
   * @throws Fault 'wave-closed'
   */
  begin(key: ClassKey, parts: ClassParts, day: string): Promise<void>;
  /**
   * Sets how many are here; null takes the number back.
   * @param expected the roll less opt-outs
   * @returns false if the class was not opened that day
   * @throws Fault 'wave-closed'
   */
  setHere(key: ClassKey, day: string, here: number | null, expected: number): Promise<boolean>;
  /** That of a day; undefined if the class was not opened that day. */
  find(key: ClassKey, day: string): Promise<DayOfClass | undefined>;
  /** How many are left for another day, by school; schools of which nobody said are not there. */
  absentOf(waveId: string): Promise<{ schoolId: string; pupils: number }[]>;
}

export function createClassAttendances({ query }: Database): ClassAttendances {
  return {
    begin: (key, parts, day) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        const known = await rowOf(trx, key).executeTakeFirst();
        if (known?.day === day) return;
        const started = await startedIn(trx, key.waveId, key.schoolId, parts);
        const today = { day, started_before: started.reduce((sum, one) => sum + one, 0), here: null };
        await trx
          .insertInto('class_attendance')
          .values({ ...columnsOf(key), ...today, absent: null, reached: null })
          .onConflict((conflict) => conflict.columns(['wave_id', 'school_id', 'class_name']).doUpdateSet(today))
          .execute();
      }),
    setHere: (key, day, here, expected) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        const known = await rowOf(trx, key).where('day', '=', day).executeTakeFirst();
        if (!known) return false;
        await trx
          .updateTable('class_attendance')
          .set({ here, ...absenceOf(expected, { here, startedBefore: known.started_before }) })
          .where((where) => where.and(columnsOf(key)))
          .execute();
        return true;
      }),
    async find(key, day) {
      const row = await rowOf(query, key).where('day', '=', day).executeTakeFirst();
      return row && { here: row.here, startedBefore: row.started_before, absent: row.absent, reached: row.reached };
    },
    async absentOf(waveId) {
      const classes = await query
        .selectFrom('class_attendance')
        .selectAll()
        .where('wave_id', '=', waveId)
        .where('absent', 'is not', null)
        .execute();
      const counters = await query
        .selectFrom('fieldwork_counters')
        .select(['school_id', 'stage', 'class', 'started'])
        .where('wave_id', '=', waveId)
        .execute();
      const bySchool = new Map<string, number>();
      for (const row of classes) {
        // Where the roll names no class, its stage is the class.
        const started = counters
          .filter((one) => one.school_id === row.school_id && (one.class || one.stage) === row.class_name)
          .reduce((sum, one) => sum + one.started, 0);
        bySchool.set(row.school_id, (bySchool.get(row.school_id) ?? 0) + stillAbsent(row, started));
      }
      return [...bySchool].map(([schoolId, pupils]) => ({ schoolId, pupils }));
    },
  };
}

function rowOf(from: Pick<Transaction<Tables>, 'selectFrom'>, key: ClassKey) {
  return from
    .selectFrom('class_attendance')
    .selectAll()
    .where((where) => where.and(columnsOf(key)));
}
