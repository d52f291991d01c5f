import { type Kysely } from 'kysely';

/** What the wave of a rehearsal asked whom, as a hash; empty for one that was begun before this was noted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('rehearsals')
    .addColumn('asked', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
