import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Headings that cards of an event stand under; each is a contribution. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_headings')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('board_id', 'text', (column) => column.notNull().references('boards.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('board_headings_by_board').on('board_headings').columns(['board_id']).execute();
}
