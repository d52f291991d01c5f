import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a second person read a language of a reply as it was written at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_reviews')
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('words_at', 'text', (column) => column.notNull())
    .addColumn('reviewed_at', 'text', (column) => column.notNull())
    .addColumn('reviewed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addPrimaryKeyConstraint('reply_reviews_key', ['reply_id', 'language', 'words_at'])
    .execute();
}
