import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody who helped with a version wants it said there. Taken back, the row is gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'version_credits')
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('named', 'integer', (column) => column.notNull())
    .addColumn('agreed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('version_credits_key', ['version_id', 'account_id'])
    .execute();
}
