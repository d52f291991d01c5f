import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which release stands in the place of an earlier one. A release is replaced once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_successions')
    .addColumn('superseded_id', 'text', (column) => column.primaryKey().notNull().references('releases.id'))
    .addColumn('successor_id', 'text', (column) => column.notNull().unique().references('releases.id'))
    .execute();
}
