import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a youth worker took a proposal forward. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_acceptances')
    .addColumn('proposal_id', 'text', (column) => column.primaryKey().notNull().references('proposals.id'))
    .addColumn('accepted_at', 'text', (column) => column.notNull())
    .addColumn('accepted_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
