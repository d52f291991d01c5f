import { sql } from 'kysely';
import { columnsOf, keyOf, type ClassKey } from './class-sheets.ts';
import type { Database } from './database.ts';

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
  /** Holds a class open under a new join code; the one before is over. */
  open(key: ClassKey, opening: NewClassOpening): Promise<void>;
  /** The opening that a class has now. */
  find(key: ClassKey, now: string): Promise<ClassOpening | undefined>;
  /** The opening that a join code belongs to, and its class. */
  findByJoinCode(joinHmac: string, now: string): Promise<{ id: string; key: ClassKey } | undefined>;
  /** Holds the class open for longer. */
  extend(key: ClassKey, openUntil: string, minutes: number): Promise<void>;
  /** Whoever answers goes on; nobody can join any more. */
  end(key: ClassKey): Promise<void>;
}

export function createClassOpenings({ query }: Database): ClassOpenings {
  return {
    async open(key, { id, joinHmac, openUntil }) {
      const opening = { id, join_hmac: joinHmac, open_until: openUntil, extra_minutes: 0 };
      await query
        .insertInto('class_openings')
        .values({ ...columnsOf(key), ...opening })
        .onConflict((conflict) => conflict.columns(['wave_id', 'school_id', 'class_name']).doUpdateSet(opening))
        .execute();
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
    async extend({ waveId, schoolId, className }, openUntil, minutes) {
      await query
        .updateTable('class_openings')
        .set({ open_until: openUntil, extra_minutes: sql<number>`extra_minutes + ${minutes}` })
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .where('class_name', '=', className)
        .execute();
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
