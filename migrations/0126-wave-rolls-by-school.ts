import { type Kysely } from 'kysely';

/** Whoever joins a class asks for the roll of one school. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('wave_rolls_by_school').on('wave_rolls').columns(['wave_id', 'school_id']).execute();
}
