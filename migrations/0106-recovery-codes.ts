import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What takes the second step where the device is lost; each works once, and only its keyed hash is here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'recovery_codes')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('code_hmac', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text')
    .addPrimaryKeyConstraint('recovery_codes_key', ['account_id', 'code_hmac'])
    .execute();
}
