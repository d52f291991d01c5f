import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That the forums were asked whether a reply, as it was written at a time, is clear. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_checks')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('words_at', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text')
    .addUniqueConstraint('reply_checks_words', ['reply_id', 'words_at'])
    .execute();
}
