import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How often the buttons on a public page were pressed, by whomever. No row is about a person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'reply_presses')
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('button', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_presses_key', ['reply_id', 'button'])
    .execute();
}
