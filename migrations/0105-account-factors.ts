import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The device with which somebody takes the second step of signing in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'account_factors')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('secret', 'blob', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('confirmed_at', 'text')
    .addColumn('last_step', 'integer', (column) => column.notNull())
    .execute();
}
