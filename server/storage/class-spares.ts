import { sql } from 'kysely';
import { columnsOf, type ClassKey } from './class-sheets.ts';
import type { Database } from './database.ts';

/** How many may answer in a class beyond those expected; each one is counted. */
export interface ClassSpares {
  add(key: ClassKey): Promise<void>;
  count(key: ClassKey): Promise<number>;
}

export function createClassSpares({ query }: Database): ClassSpares {
  return {
    async add(key) {
      await query
        .insertInto('class_spares')
        .values({ ...columnsOf(key), spares: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['wave_id', 'school_id', 'class_name'])
            .doUpdateSet({ spares: sql<number>`${sql.ref('class_spares.spares')} + 1` }),
        )
        .execute();
    },
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
