import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The schools that a wave asks, and whether each agreed to be shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_schools')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('agreed_to_be_shown', 'integer', (column) => column.notNull())
    .addCheckConstraint('wave_schools_agreed_to_be_shown', sql`agreed_to_be_shown in (0, 1)`)
    .addPrimaryKeyConstraint('wave_schools_key', ['wave_id', 'school_id'])
    .execute();
}
