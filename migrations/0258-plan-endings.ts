import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That an action was done, was stopped or goes on, and why. The newest holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_endings')
    .addColumn('action_id', 'text', (column) => column.notNull().references('plan_actions.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('set_at', 'text', (column) => column.notNull())
    .addColumn('set_by', 'text')
    .addPrimaryKeyConstraint('plan_endings_key', ['action_id', 'number'])
    .execute();
}
