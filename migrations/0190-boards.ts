import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Boards of forums: what young people need, what gets in the way, and their ideas. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'boards')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
  await db.schema.createIndex('boards_by_forum').on('boards').columns(['forum_id']).execute();
}
