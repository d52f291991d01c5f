import { type Kysely } from 'kysely';

/** The record so far steps aside for one whose entries are chained. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit_entries').renameTo('audit_entries_unchained').execute();
}
