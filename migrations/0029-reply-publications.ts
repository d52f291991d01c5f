import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a reply was published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_publications')
    .addColumn('reply_id', 'text', (column) => column.primaryKey().notNull().references('replies.id'))
    .addColumn('published_at', 'text', (column) => column.notNull())
    .addColumn('published_by', 'text')
    .execute();
}
