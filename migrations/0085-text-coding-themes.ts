import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The themes of a text, as they stand now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_coding_themes')
    .addColumn('text_id', 'text', (column) => column.notNull().references('text_codings.text_id'))
    .addColumn('theme_id', 'text', (column) => column.notNull().references('text_themes.id'))
    .addPrimaryKeyConstraint('text_coding_themes_key', ['text_id', 'theme_id'])
    .execute();
}
