import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The youth workers of a forum, as members know them, and which of them is on call. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_workers')
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('shown_as', 'text', (column) => column.notNull())
    .addColumn('on_call', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('forum_workers_key', ['forum_id', 'account_id'])
    .execute();
}
