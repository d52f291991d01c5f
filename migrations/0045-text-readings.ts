import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a text was read, by whom, and whether it was passed on to the school's child protection coordinator. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_readings')
    .addColumn('text_id', 'text', (column) => column.primaryKey().notNull().references('written_texts.id'))
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .addColumn('read_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addCheckConstraint('text_readings_outcome', sql`outcome in ('no-concern', 'passed-on')`)
    .execute();
}
