import { type Kysely } from 'kysely';

/** What a proposal says stands in its drafts alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['question', 'language', 'text', 'why_ask']) {
    await db.schema.alterTable('proposals').dropColumn(column).execute();
  }
}
