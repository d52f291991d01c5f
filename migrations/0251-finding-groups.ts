import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Findings that belong together, under a name. A finding is in one group or in none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'finding_groups')
    .addColumn('finding_id', 'text', (column) => column.primaryKey().notNull().references('findings.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('put_at', 'text', (column) => column.notNull())
    .addColumn('put_by', 'text')
    .execute();
}
