import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How a youth worker changed a heading after it was written, a row for each change: who looks later still sees what was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'board_heading_versions')
    .addColumn('heading_id', 'text', (column) => column.notNull().references('board_headings.contribution_id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('removed', 'integer', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('board_heading_versions_key', ['heading_id', 'version'])
    .execute();
}
