import { sql, type Kysely } from 'kysely';

/** Whoever joins a class looks for its unspent codes while everybody else waits to write: a few of tens of thousands. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('codes_unspent')
    .on('codes')
    .columns(['wave_id', 'school_id', 'stage', 'class'])
    .where(sql.ref('state'), '=', sql.lit('unspent'))
    .execute();
}
