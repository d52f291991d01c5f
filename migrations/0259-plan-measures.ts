import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What an action is measured by, in the order of their numbers. What a measure says stands in its versions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_measures')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('action_id', 'text', (column) => column.notNull().references('plan_actions.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('plan_measures_by_action').on('plan_measures').columns(['action_id']).execute();
}
