import type { Kysely } from 'kysely';

/** What lets a device hand in the one answer that waited for the line, without its cookie. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('respondent_sessions').addColumn('ticket_hash', 'text').execute();
}
