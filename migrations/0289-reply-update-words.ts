import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The words of an update in one language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_update_words')
    .addColumn('update_id', 'text', (column) => column.notNull().references('reply_updates.id'))
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_update_words_key', ['update_id', 'language'])
    .execute();
}
