import type { Kysely } from 'kysely';

/** Whether a session is on a device of one's own, as by a link, and not on one that a class shares. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('respondent_sessions')
    .addColumn('own_device', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
