import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How many may answer in a class beyond those expected. Gone when the wave closes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'class_spares')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('class_name', 'text', (column) => column.notNull())
    .addColumn('spares', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('class_spares_key', ['wave_id', 'school_id', 'class_name'])
    .execute();
}
