import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How each release was made safe, for whoever answers for the data. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_audits')
    .addColumn('release_id', 'text', (column) => column.primaryKey().notNull().references('releases.id'))
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .execute();
}
