import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** When a forum is open: one row a weekday. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_hours')
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('weekday', 'integer', (column) => column.notNull())
    .addColumn('opens_at', 'text', (column) => column.notNull())
    .addColumn('closes_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('forum_hours_key', ['forum_id', 'weekday'])
    .execute();
}
