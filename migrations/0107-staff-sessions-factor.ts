import { type Kysely } from 'kysely';

/** When a session took the second step; empty where it has not, or needs none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('staff_sessions').addColumn('factor_passed_at', 'text').execute();
}
