import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The words of a version in one language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'survey_texts')
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addCheckConstraint('survey_texts_status', sql`status in ('drafted', 'reviewed', 'tried')`)
    .addPrimaryKeyConstraint('survey_texts_key', ['version_id', 'language'])
    .execute();
}
