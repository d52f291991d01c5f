import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How many are here on the day on which a class answers, as a number. Gone when the wave closes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'class_attendance')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('class_name', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('started_before', 'integer', (column) => column.notNull())
    .addColumn('here', 'integer')
    .addColumn('absent', 'integer')
    .addColumn('reached', 'integer')
    .addPrimaryKeyConstraint('class_attendance_key', ['wave_id', 'school_id', 'class_name'])
    .execute();
}
