import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Until when a class is held open for joining: one row at most a class, without its past. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'class_openings')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('class_name', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('join_hmac', 'text', (column) => column.notNull().unique())
    .addColumn('open_until', 'text', (column) => column.notNull())
    .addColumn('extra_minutes', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('class_openings_key', ['wave_id', 'school_id', 'class_name'])
    .execute();
}
