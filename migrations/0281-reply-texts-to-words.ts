import { sql, type Kysely } from 'kysely';

/** The words that replies had were written for children. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into reply_words (reply_id, reader, language, title, you_said, considered, we_did, why)
    select reply_id, 'child', language, title, you_said, '', we_did, why from reply_texts`.execute(db);
}
