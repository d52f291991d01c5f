import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Stars that members gave to cards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_stars')
    .addColumn('card_id', 'text', (column) => column.notNull().references('board_cards.contribution_id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('starred_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('board_stars_key', ['card_id', 'account_id'])
    .execute();
}
