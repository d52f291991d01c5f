import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That something written was passed on to a school: school, stage and day, never the words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_routes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('written_on', 'text', (column) => column.notNull())
    .addColumn('passed_on_at', 'text', (column) => column.notNull())
    .addColumn('passed_on_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
