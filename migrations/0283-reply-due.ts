import { type Kysely } from 'kysely';

/** When what a reply promises is done; empty where nobody has said. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('replies')
    .addColumn('due_on', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
