import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** When somebody last looked at an event of a board, and how often. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_looks')
    .addColumn('board_id', 'text', (column) => column.notNull().references('boards.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('look', 'integer', (column) => column.notNull())
    .addColumn('looked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('board_looks_key', ['board_id', 'kind', 'account_id'])
    .execute();
}
