import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The words of a reply in one language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_texts')
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('you_said', 'text', (column) => column.notNull())
    .addColumn('we_did', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_texts_key', ['reply_id', 'language'])
    .execute();
}
