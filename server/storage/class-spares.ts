import { sql, type Transaction } from 'kysely';
import { columnsOf, type ClassKey } from './class-sheets.ts';
import { rowOfClass, type ClassPlace } from './codes.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** How many may answer in a class beyond those expected; each one is counted. None comes in once the wave is closing. */
export interface ClassSpares {
  /** One more place. @throws Fault 'wave-closed' */
  add(key: ClassKey): Promise<void>;
  /** One more place, with a code for it that knows the class and nothing else. @throws Fault 'wave-closed' */
  addSlip(key: ClassKey, place: ClassPlace, hmac: string): Promise<void>;
  count(key: ClassKey): Promise<number>;
}

export function createClassSpares({ query }: Database): ClassSpares {
  return {
    add: (key) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        await raise(trx, key);
      }),
    addSlip: (key, place, hmac) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        await raise(trx, key);
        await trx.insertInto('codes').values(rowOfClass(place, hmac)).execute();
      }),
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

async function raise(trx: Transaction<Tables>, key: ClassKey): Promise<void> {
  await trx
    .insertInto('class_spares')
    .values({ ...columnsOf(key), spares: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['wave_id', 'school_id', 'class_name'])
        .doUpdateSet({ spares: sql<number>`${sql.ref('class_spares.spares')} + 1` }),
    )
    .execute();
}
