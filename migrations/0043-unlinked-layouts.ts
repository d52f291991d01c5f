import type { Kysely } from 'kysely';

/** The bytes of the records of unlinked sections, by section; as of the response, stored with the version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('survey_versions')
    .addColumn('unlinked_layouts', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
}
