import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What an account may do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'account_roles')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_roles_key', ['account_id', 'role'])
    .execute();
}
