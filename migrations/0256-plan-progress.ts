import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Progress and evidence of an action, dated; added and never rewritten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_progress')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('action_id', 'text', (column) => column.notNull().references('plan_actions.id'))
    .addColumn('happened_on', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text')
    .execute();
  await db.schema.createIndex('plan_progress_by_action').on('plan_progress').columns(['action_id']).execute();
}
