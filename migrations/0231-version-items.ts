import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What each item of a version is to answers to the version before: the same, reworded or new. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'version_items')
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('comparability', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('replaces', 'text')
    .addColumn('proposal_id', 'text', (column) => column.references('proposals.id'))
    .addPrimaryKeyConstraint('version_items_key', ['version_id', 'item_id'])
    .execute();
}
