import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What a member of a forum says of a reply; the newest of each member holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_verdicts')
    .addColumn('check_id', 'text', (column) => column.notNull().references('reply_checks.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('is_clear', 'integer', (column) => column.notNull())
    .addColumn('given_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_verdicts_key', ['check_id', 'account_id'])
    .execute();
}
