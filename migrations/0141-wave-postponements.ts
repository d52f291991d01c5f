import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That the last day of an open wave was put later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_postponements')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('ended_on', 'text', (column) => column.notNull())
    .addColumn('ends_on', 'text', (column) => column.notNull())
    .addColumn('postponed_at', 'text', (column) => column.notNull())
    .addColumn('postponed_by', 'text', (column) => column.references('accounts.id'))
    .execute();
}
