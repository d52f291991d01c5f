import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That an administrator asks another one to agree that somebody becomes an approver. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'approver_requests')
    .addColumn('account_id', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
    .addColumn('requested_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('requested_at', 'text', (column) => column.notNull())
    .execute();
}
