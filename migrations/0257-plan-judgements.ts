import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** A colour that somebody set instead of the rule's, and why; without a colour, that the rule holds again. The newest holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_judgements')
    .addColumn('action_id', 'text', (column) => column.notNull().references('plan_actions.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('colour', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('set_at', 'text', (column) => column.notNull())
    .addColumn('set_by', 'text')
    .addPrimaryKeyConstraint('plan_judgements_key', ['action_id', 'number'])
    .execute();
}
