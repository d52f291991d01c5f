import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which places somebody is bound to; an account without any sees the whole authority. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'account_areas')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('node', 'text', (column) => column.notNull())
    .addColumn('granted_by', 'text', (column) => column.references('accounts.id'))
    .addColumn('granted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_areas_key', ['account_id', 'node'])
    .execute();
}
