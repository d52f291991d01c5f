import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What is being done about a finding. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'actions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('finding_id', 'text', (column) => column.notNull().references('findings.id'))
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('lead_role', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .execute();
}
