import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That nothing more is sorted in a wave: its text release was approved, or the time for it is over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_sorting_ends')
    .addColumn('wave_id', 'text', (column) => column.primaryKey().notNull().references('waves.id'))
    .addColumn('ended_at', 'text', (column) => column.notNull())
    .execute();
}
