import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Whom the council's own sign-in knows an account by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'account_identities')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().unique().references('accounts.id'))
    .addColumn('bound_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_identities_key', ['issuer', 'subject'])
    .execute();
}
