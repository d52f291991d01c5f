import type { Kysely } from 'kysely';

/** A waiting answer is found by its ticket. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('respondent_sessions_by_ticket')
    .on('respondent_sessions')
    .column('ticket_hash')
    .execute();
}
