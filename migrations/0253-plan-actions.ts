import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Actions of an authority's plan. What an action says stands in its versions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'plan_actions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('plan_actions_reference', ['authority_id', 'reference'])
    .execute();
}
