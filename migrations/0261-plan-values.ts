import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Values of a measure by quarter, as decimal text, so that they come back as they were written. One that is put right is a further row; the newest holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_values')
    .addColumn('measure_id', 'text', (column) => column.notNull().references('plan_measures.id'))
    .addColumn('quarter', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text')
    .addPrimaryKeyConstraint('plan_values_key', ['measure_id', 'quarter', 'number'])
    .execute();
}
