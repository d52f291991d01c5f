import { type Kysely } from 'kysely';

/** Their words stand in reply_words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('reply_texts').execute();
}
