import { type Kysely } from 'kysely';

/** Whose auditors an entry is for. What was written before by nobody signed in is for none: nothing says whose it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('audit_entries')
    .addColumn('authority_id', 'text', (column) => column.references('authorities.id'))
    .execute();
}
