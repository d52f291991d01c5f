import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Where an account is signed in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'staff_sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
}
