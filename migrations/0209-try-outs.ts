import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody tried a draft at a level of reading: whether it was hard to answer, and what they thought aloud. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'try_outs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('draft_number', 'integer', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('hard', 'integer', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('tried_at', 'text', (column) => column.notNull())
    .addColumn('contribution_id', 'text', (column) => column.references('contributions.id'))
    .execute();
  await db.schema.createIndex('try_outs_by_draft').on('try_outs').columns(['proposal_id', 'draft_number']).execute();
}
