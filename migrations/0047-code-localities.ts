import type { Kysely } from 'kysely';

/** A parent's code carries a locality or nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('codes')
    .addColumn('locality_id', 'text', (column) => column.references('localities.id'))
    .execute();
}
