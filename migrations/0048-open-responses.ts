import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Answers to a survey that is open to whoever comes. They are no sample, so they lie apart from responses. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'open_responses')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('locality_id', 'text', (column) => column.references('localities.id'))
    .addColumn('band_id', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('answers', 'blob', (column) => column.notNull())
    .execute();
}
