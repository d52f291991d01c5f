import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a correction was turned down, so that another one can be made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_refusals')
    .addColumn('release_id', 'text', (column) => column.primaryKey().notNull().references('releases.id'))
    .addColumn('refused_at', 'text', (column) => column.notNull())
    .addColumn('refused_by', 'text')
    .execute();
}
