import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a wave is being closed, and when that was finished. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_closings')
    .addColumn('wave_id', 'text', (column) => column.primaryKey().notNull().references('waves.id'))
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text')
    .addColumn('finished_at', 'text')
    .execute();
}
