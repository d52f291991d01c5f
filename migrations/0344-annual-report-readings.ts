import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody read a language of a version of a section. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_report_readings')
    .addColumn('report_id', 'text', (column) => column.notNull().references('annual_reports.id'))
    .addColumn('section', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .addColumn('read_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('annual_report_readings_key', ['report_id', 'section', 'language', 'number', 'read_by'])
    .execute();
}
