import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Words of a text that somebody proposes to show under a theme: sealed, with parts taken out. One a text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_quotes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('text_id', 'text', (column) => column.notNull().unique().references('text_confirmations.text_id'))
    .addColumn('theme_id', 'text', (column) => column.notNull().references('text_themes.id'))
    .addColumn('body', 'blob', (column) => column.notNull())
    .addColumn('proposed_at', 'text', (column) => column.notNull())
    .addColumn('proposed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
