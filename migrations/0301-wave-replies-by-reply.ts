import { type Kysely } from 'kysely';

/** Every page of a reply looks for the waves that asked about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('wave_replies_by_reply').on('wave_replies').column('reply_id').execute();
}
