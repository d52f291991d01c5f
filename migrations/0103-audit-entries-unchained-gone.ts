import { type Kysely } from 'kysely';

/** The record as it was before it was chained is in the chain now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('audit_entries_unchained').execute();
}
