import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The items of the version before that a version does not ask any more, and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'version_withdrawals')
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('replaced_by', 'text')
    .addColumn('proposal_id', 'text', (column) => column.references('proposals.id'))
    .addPrimaryKeyConstraint('version_withdrawals_key', ['version_id', 'item_id'])
    .execute();
}
