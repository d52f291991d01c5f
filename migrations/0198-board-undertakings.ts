import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What adults of a council signed that they take on, by idea. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_undertakings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('card_id', 'text', (column) => column.notNull().references('board_cards.contribution_id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('signed_as', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('signed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('board_undertakings_once', ['card_id', 'account_id'])
    .execute();
}
