import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Changes of drafts that are durable, and will be gathered into the drafts themselves soon. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'draft_changes')
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('changes', 'blob', (column) => column.notNull())
    .execute();
}
