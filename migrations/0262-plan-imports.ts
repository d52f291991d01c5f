import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** A table that was sent for the plan, as it is looked at before anything is written, and when it was taken over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_imports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('rows', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .addColumn('sent_by', 'text')
    .addColumn('taken_at', 'text')
    .execute();
}
