import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The answers to an unlinked section: no school, and no tie to the response of the same person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'unlinked_records')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('section', 'text', (column) => column.notNull())
    .addColumn('band_id', 'text', (column) => column.notNull())
    .addColumn('sex', 'text')
    .addColumn('quintile', 'integer')
    .addColumn('answers', 'blob', (column) => column.notNull())
    .execute();
}
