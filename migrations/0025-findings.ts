import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Something in a release that somebody says matters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'findings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('release_id', 'text', (column) => column.notNull().references('releases.id'))
    .addColumn('node_id', 'text', (column) => column.notNull())
    .addColumn('band_id', 'text', (column) => column.notNull())
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('option_code', 'text', (column) => column.notNull())
    .addColumn('why_it_matters', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .execute();
}
