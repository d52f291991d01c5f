import type { Kysely } from 'kysely';

/** Typing a code again ends the sessions of that code: they are found by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('respondent_sessions_by_code').on('respondent_sessions').column('code_hmac').execute();
}
