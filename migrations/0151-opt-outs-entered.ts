import { sql, type Kysely } from 'kysely';

/** The number of opt-outs as it was entered, beside the one that is counted: those who have started do take part. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('opt_outs')
    .addColumn('entered', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update opt_outs set entered = pupils`.execute(db);
}
