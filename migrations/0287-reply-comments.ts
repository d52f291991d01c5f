import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What people in a forum say about the words of a reply. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_comments')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('check_id', 'text', (column) => column.notNull().references('reply_checks.id'))
    .execute();
}
