import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Counts that belong to a wave as a whole: how many answered with a supporter, how an open survey's drafts ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_tallies')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('wave_tallies_key', ['wave_id', 'name'])
    .execute();
}
