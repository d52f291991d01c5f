import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Whom a forum knows a member as. Who is who stays with the council. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_members')
    .addColumn('account_id', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('pseudonym', 'text', (column) => column.notNull())
    .addColumn('picture', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'text', (column) => column.notNull())
    .addColumn('left_at', 'text')
    .execute();
}
