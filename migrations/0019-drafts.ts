import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Answers while a person answers, encrypted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'drafts')
    .addColumn('code_hmac', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('body', 'blob', (column) => column.notNull())
    .execute();
}
