import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody other than its maker approved a release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_approvals')
    .addColumn('release_id', 'text', (column) => column.primaryKey().notNull().references('releases.id'))
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('approved_by', 'text')
    .execute();
}
