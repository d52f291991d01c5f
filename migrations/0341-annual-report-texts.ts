import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What planners write in a section of a report: each version whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_report_texts')
    .addColumn('report_id', 'text', (column) => column.notNull().references('annual_reports.id'))
    .addColumn('section', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text')
    .addPrimaryKeyConstraint('annual_report_texts_key', ['report_id', 'section', 'number'])
    .execute();
}
