import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What members of a forum think of a draft: one stance each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_stances')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('draft_number', 'integer', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('stance', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('proposal_stances_key', ['proposal_id', 'draft_number', 'account_id'])
    .addCheckConstraint('proposal_stances_stance', sql`stance in ('in-favour', 'against', 'unsure')`)
    .execute();
}
