import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The events of a board that were opened, and when each ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_events')
    .addColumn('board_id', 'text', (column) => column.notNull().references('boards.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('opened_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('ended_at', 'text')
    .addColumn('ended_by', 'text', (column) => column.references('accounts.id'))
    .addPrimaryKeyConstraint('board_events_key', ['board_id', 'kind'])
    .execute();
}
