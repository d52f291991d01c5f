import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The idea on a board that a proposed question came from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_cards')
    .addColumn('proposal_id', 'text', (column) => column.primaryKey().notNull().references('proposals.id'))
    .addColumn('card_id', 'text', (column) => column.notNull().references('board_cards.contribution_id'))
    .execute();
  await db.schema.createIndex('proposal_cards_by_card').on('proposal_cards').columns(['card_id']).execute();
}
