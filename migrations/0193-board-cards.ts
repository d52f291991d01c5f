import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Cards on boards; each is a contribution. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_cards')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('board_id', 'text', (column) => column.notNull().references('boards.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('from_room', 'integer', (column) => column.notNull())
    .addColumn('withdrawn_at', 'text')
    .execute();
  await db.schema.createIndex('board_cards_by_board').on('board_cards').columns(['board_id']).execute();
}
