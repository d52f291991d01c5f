import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Entries of an authority's engagement record, and what Heard held that one was begun from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'engagement_entries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('begun_from', 'text')
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
}
