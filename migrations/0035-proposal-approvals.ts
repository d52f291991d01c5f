import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That an adult approved a proposal, and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_approvals')
    .addColumn('proposal_id', 'text', (column) => column.primaryKey().notNull().references('proposals.id'))
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('approved_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute();
}
