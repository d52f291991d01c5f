import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a member agreed to the house rules as they were written then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_agreements')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('rules', 'integer', (column) => column.notNull())
    .addColumn('agreed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('forum_agreements_key', ['account_id', 'rules'])
    .execute();
}
