import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which action of the plan an action that follows from a finding is. One of the plan may follow from several findings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_links')
    .addColumn('action_id', 'text', (column) => column.primaryKey().notNull().references('actions.id'))
    .addColumn('plan_action_id', 'text', (column) => column.notNull().references('plan_actions.id'))
    .execute();
  await db.schema.createIndex('plan_links_by_plan').on('plan_links').columns(['plan_action_id']).execute();
}
