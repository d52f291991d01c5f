import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a forum was ended, and when what its members wrote was deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_endings')
    .addColumn('forum_id', 'text', (column) => column.primaryKey().notNull().references('forums.id'))
    .addColumn('ended_at', 'text', (column) => column.notNull())
    .addColumn('ended_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('deleted_at', 'text')
    .execute();
}
