import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What the texts of a question are sorted into. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_themes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('question_id', 'text', (column) => column.notNull())
    .addColumn('title_en', 'text', (column) => column.notNull())
    .addColumn('title_ar', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addUniqueConstraint('text_themes_title', ['wave_id', 'question_id', 'title_en'])
    .execute();
}
