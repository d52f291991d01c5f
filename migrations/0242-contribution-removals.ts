import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That the words of a contribution were deleted because its author wished it; the contribution itself is empty since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contribution_removals')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('removed_at', 'text', (column) => column.notNull())
    .addColumn('removed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
