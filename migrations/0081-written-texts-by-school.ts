import type { Kysely } from 'kysely';

/** A text that is being sent is found among those of its school. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('written_texts_by_school')
    .on('written_texts')
    .columns(['wave_id', 'school_id', 'question_id'])
    .execute();
}
