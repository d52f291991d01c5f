import { sql } from 'kysely';
import { minutesAfter } from '../core/fieldwork/class-state.ts';
import { columnsOf, keyOf, type ClassKey } from './class-sheets.ts';
import type { Database } from './database.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** A class that is held open for joining. */
export interface ClassOpening {
  /** What its join code is made from, with a key outside the database. */
  id: string;
  openUntil: string;
  extraMinutes: number;
}

export interface NewClassOpening {
  id: string;
  joinHmac: string;
  openUntil: string;
}

export interface ClassOpenings {
  /** Holds a class open under a new join code; the one before is over. @throws Fault 'wave-closed' */
  open(key: ClassKey, opening: NewClassOpening): Promise<void>;
  /** The opening that a class has now. */
  find(key: ClassKey, now: string): Promise<ClassOpening | undefined>;
  /** The opening that a join code belongs to, and its class. */
  findByJoinCode(joinHmac: string, now: string): Promise<{ id: string; key: ClassKey } | undefined>;
  /**
   * Holds a class open for longer, as long as its end is still where it was found.
   * @param most extra minutes that an opening may come to
   * @returns false if it was changed meanwhile or had its extra minutes
   */
  extend(key: ClassKey, found: ClassOpening, minutes: number, most: number): Promise<boolean>;
  /** Whoever answers goes on; nobody can join any more. */
  end(key: ClassKey): Promise<void>;
}

export function createClassOpenings({ query }: Database): ClassOpenings {
  return {
    async open(key, { id, joinHmac, openUntil }) {
      const opening = { id, join_hmac: joinHmac, open_until: openUntil, extra_minutes: 0 };
      await query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        await trx
          .insertInto('class_openings')
          .values({ ...columnsOf(key), ...opening })
          .onConflict((conflict) => conflict.columns(['wave_id', 'school_id', 'class_name']).doUpdateSet(opening))
          .execute();
      });
    },
    async find({ waveId, schoolId, className }, now) {
      const row = await query
        .selectFrom('class_openings')
        .selectAll()
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .where('class_name', '=', className)
        .where('open_until', '>', now)
        .executeTakeFirst();
      return row && { id: row.id, openUntil: row.open_until, extraMinutes: row.extra_minutes };
    },
    async findByJoinCode(joinHmac, now) {
      const row = await query
        .selectFrom('class_openings')
        .selectAll()
        .where('join_hmac', '=', joinHmac)
        .where('open_until', '>', now)
        .executeTakeFirst();
      return row && { id: row.id, key: keyOf(row) };
    },
    async extend({ waveId, schoolId, className }, { id, openUntil }, minutes, most) {
      const { numUpdatedRows } = await query
        .updateTable('class_openings')
        .set({
          open_until: minutesAfter(openUntil, minutes),
          extra_minutes: sql<number>`extra_minutes + ${minutes}`,
        })
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .where('class_name', '=', className)
        .where('id', '=', id)
        .where('open_until', '=', openUntil)
        .where('extra_minutes', '<=', most - minutes)
        .executeTakeFirst();
      return Number(numUpdatedRows) > 0;
    },
    async end({ waveId, schoolId, className }) {
      await query
        .deleteFrom('class_openings')
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .where('class_name', '=', className)
        .execute();
    },
  };
}
