import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody other than its maker approved a text release, which publishes it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_release_approvals')
    .addColumn('text_release_id', 'text', (column) => column.primaryKey().notNull().references('text_releases.id'))
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('approved_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
