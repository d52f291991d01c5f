import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody other than its proposer approved a quote. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_quote_approvals')
    .addColumn('quote_id', 'text', (column) => column.primaryKey().notNull().references('text_quotes.id'))
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('approved_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
