import { sql, type Kysely } from 'kysely';

/** What a proposal would do to its survey, and to which item of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('proposals')
    .addColumn('purpose', 'text', (column) =>
      column
        .notNull()
        .defaultTo('new')
        .check(sql`purpose in ('new', 'change', 'withdrawal')`),
    )
    .execute();
}
