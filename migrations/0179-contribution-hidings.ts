import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a youth worker took a contribution out of sight, and perhaps put it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contribution_hidings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('contribution_id', 'text', (column) => column.notNull().references('contributions.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('hidden_at', 'text', (column) => column.notNull())
    .addColumn('hidden_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('restored_at', 'text')
    .addColumn('restored_by', 'text', (column) => column.references('accounts.id'))
    .execute();
  await db.schema
    .createIndex('contribution_hidings_by_contribution')
    .on('contribution_hidings')
    .column('contribution_id')
    .execute();
}
