import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Where each card stood and what it was linked to, a row for each change: who looks later still sees what was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_card_versions')
    .addColumn('card_id', 'text', (column) => column.notNull().references('board_cards.contribution_id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('heading_id', 'text', (column) => column.references('board_headings.contribution_id'))
    .addColumn('linked_id', 'text', (column) => column.references('board_cards.contribution_id'))
    .addColumn('changed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('board_card_versions_key', ['card_id', 'version'])
    .execute();
}
