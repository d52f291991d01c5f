import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That the author of a contribution agrees to its being said outside the forum. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contribution_consents')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('agreed_at', 'text', (column) => column.notNull())
    .addColumn('withdrawn_at', 'text')
    .execute();
}
