import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** News after a published reply, and when the next comes; null where there is no more to come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_updates')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('next_update_on', 'text')
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .execute();
  await db.schema.createIndex('reply_updates_by_reply').on('reply_updates').column('reply_id').execute();
}
