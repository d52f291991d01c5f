import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What a measure said from one change to the next, as JSON; the newest holds, none is ever changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_measure_versions')
    .addColumn('measure_id', 'text', (column) => column.notNull().references('plan_measures.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text')
    .addPrimaryKeyConstraint('plan_measure_versions_key', ['measure_id', 'number'])
    .execute();
}
