import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The words of a reply for one reader in one language. A part that nobody has written yet is empty. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_words')
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('you_said', 'text', (column) => column.notNull())
    .addColumn('considered', 'text', (column) => column.notNull())
    .addColumn('we_did', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_words_key', ['reply_id', 'reader', 'language'])
    .addCheckConstraint('reply_words_reader', sql`reader in ('child', 'adult', 'easy-read')`)
    .execute();
}
