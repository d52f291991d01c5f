import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What a version changed against the one before, sealed: the hash is over its items, withdrawals and the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'version_changes')
    .addColumn('version_id', 'text', (column) => column.primaryKey().notNull().references('survey_versions.id'))
    .addColumn('language', 'text')
    .addColumn('indicators_gone', 'text', (column) => column.notNull())
    .addColumn('change_hash', 'text', (column) => column.notNull())
    .execute();
}
