import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody else looked at how a text was sorted, and left it so or changed it: it counts from then on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_confirmations')
    .addColumn('text_id', 'text', (column) => column.primaryKey().notNull().references('text_codings.text_id'))
    .addColumn('confirmed_at', 'text', (column) => column.notNull())
    .addColumn('confirmed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
