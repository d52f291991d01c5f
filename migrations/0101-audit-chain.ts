import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Who did what and when, each entry with the hash of the one before it; never what anybody answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'audit_entries')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .execute();
}
