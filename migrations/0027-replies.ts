import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What is answered to the young people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'replies')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('action_id', 'text', (column) => column.notNull().references('actions.id'))
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('owner_role', 'text', (column) => column.notNull())
    .addColumn('next_update_on', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .addCheckConstraint('replies_decision', sql`decision in ('doing', 'part', 'not-now', 'no')`)
    .execute();
}
