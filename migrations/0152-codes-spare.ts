import { type Kysely } from 'kysely';

/** Whether an unused slip is a spare one: it goes last where somebody who joins takes a place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('codes')
    .addColumn('spare', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
