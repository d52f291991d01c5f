import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The answers of one person after sending, with no way back to the person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'responses')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('band_id', 'text', (column) => column.notNull())
    .addColumn('sex', 'text')
    .addColumn('quintile', 'integer')
    .addColumn('asn', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('answers', 'blob', (column) => column.notNull())
    .execute();
}
