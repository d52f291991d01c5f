import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Why a contribution is kept back, and how a youth worker decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contribution_holds')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'text')
    .addColumn('settled_by', 'text', (column) => column.references('accounts.id'))
    .addColumn('shown', 'integer')
    .addColumn('note', 'text', (column) => column.notNull())
    .execute();
}
