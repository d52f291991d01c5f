import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody in the forum asked a youth worker to look at a contribution. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'contribution_reports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('contribution_id', 'text', (column) => column.notNull().references('contributions.id'))
    .addColumn('reported_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('reported_at', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'text')
    .addColumn('settled_by', 'text', (column) => column.references('accounts.id'))
    .execute();
  await db.schema
    .createIndex('contribution_reports_by_contribution')
    .on('contribution_reports')
    .column('contribution_id')
    .execute();
}
