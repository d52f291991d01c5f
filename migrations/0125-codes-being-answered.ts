import { sql, type Kysely } from 'kysely';

/** Class pages ask every two seconds who is in the middle of answering: a few of tens of thousands of codes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('codes_being_answered')
    .on('codes')
    .columns(['wave_id', 'school_id'])
    .where(sql.ref('state'), '=', sql.lit('started'))
    .execute();
}
