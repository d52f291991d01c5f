import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Words of a member, wherever in the studio they stand, and when others may read them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contributions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('shows_from', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('contributions_by_forum').on('contributions').column('forum_id').execute();
}
