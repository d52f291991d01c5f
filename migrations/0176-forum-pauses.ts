import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a forum, or one member of it, is paused. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_pauses')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('paused_at', 'text', (column) => column.notNull())
    .addColumn('paused_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('ended_at', 'text')
    .addColumn('ended_by', 'text', (column) => column.references('accounts.id'))
    .execute();
}
