import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which version of a card or a heading somebody saw last, and at which of their looks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_sights')
    .addColumn('piece_id', 'text', (column) => column.notNull().references('contributions.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('look', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('board_sights_key', ['piece_id', 'account_id'])
    .execute();
}
