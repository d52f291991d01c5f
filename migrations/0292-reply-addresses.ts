import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The number by which a published reply is found when somebody says it aloud. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_addresses')
    .addColumn('number', 'text', (column) => column.primaryKey().notNull())
    .addColumn('reply_id', 'text', (column) => column.notNull().unique().references('replies.id'))
    .execute();
}
