import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The version of each survey that a wave asks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_versions')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .addPrimaryKeyConstraint('wave_versions_key', ['wave_id', 'version_id'])
    .execute();
}
