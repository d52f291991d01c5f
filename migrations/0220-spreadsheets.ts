import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What Heard took of a spreadsheet that somebody sent, until drafts were made of it; the last one of each person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'spreadsheets')
    .addColumn('account_id', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('survey_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('read', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .execute();
}
