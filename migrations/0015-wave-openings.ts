import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a wave was opened. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_openings')
    .addColumn('wave_id', 'text', (column) => column.primaryKey().notNull().references('waves.id'))
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('opened_by', 'text')
    .execute();
}
