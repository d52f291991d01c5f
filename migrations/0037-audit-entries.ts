import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Who did what and when; never what anybody answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'audit_entries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .execute();
}
