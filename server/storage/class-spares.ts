import { sql, type Transaction } from 'kysely';
import { columnsOf, type ClassKey } from './class-sheets.ts';
import { rowOfClass, type ClassPlace } from './codes.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** How many may answer in a class beyond those expected; each one is counted. None comes in once the wave is closing. */
export interface ClassSpares {
  /**
   * One more place.
   * @param most how many the class may have; null for whoever may add beyond that
   * @returns false if the class has them already
   * @throws Fault 'wave-closed'
   */
  add(key: ClassKey, most: number | null): Promise<boolean>;
  /** One more place, with a code for it that knows the class and nothing else; the same otherwise. */
  addSlip(key: ClassKey, most: number | null, place: ClassPlace, hmac: string): Promise<boolean>;
  count(key: ClassKey): Promise<number>;
  /** Those of each class of a school that has any. */
  ofSchool(waveId: string, schoolId: string): Promise<{ className: string; spares: number }[]>;
}

export function createClassSpares({ query }: Database): ClassSpares {
  return {
    add: (key, most) => query.transaction().execute((trx) => raise(trx, key, most)),
    addSlip: (key, most, place, hmac) =>
      query.transaction().execute(async (trx) => {
        if (!(await raise(trx, key, most))) return false;
        await trx
          .insertInto('codes')
          .values({ ...rowOfClass(place, hmac), spare: 1 })
          .execute();
        return true;
      }),
    ofSchool: (waveId, schoolId) =>
      query
        .selectFrom('class_spares')
        .select(['class_name as className', 'spares'])
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .execute(),
    async count({ waveId, schoolId, className }) {
      const row = await query
        .selectFrom('class_spares')
        .select('spares')
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .where('class_name', '=', className)
        .executeTakeFirst();
      return row?.spares ?? 0;
    },
  };
}

/** Counted for the whole wave: neither ending and opening a class nor a new sheet begins the count anew. */
async function raise(trx: Transaction<Tables>, key: ClassKey, most: number | null): Promise<boolean> {
  await demandTakesAnswers(trx, key.waveId);
  await trx
    .insertInto('class_spares')
    .values({ ...columnsOf(key), spares: 0 })
    .onConflict((conflict) => conflict.columns(['wave_id', 'school_id', 'class_name']).doNothing())
    .execute();
  const { numUpdatedRows } = await trx
    .updateTable('class_spares')
    .set({ spares: sql<number>`spares + 1` })
    .where((where) => where.and(columnsOf(key)))
    .$if(most !== null, (update) => update.where('spares', '<', most))
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}
