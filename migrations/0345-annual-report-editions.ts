import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What was published of a report, whole and with its hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_report_editions')
    .addColumn('report_id', 'text', (column) => column.notNull().references('annual_reports.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('published_at', 'text', (column) => column.notNull())
    .addColumn('published_by', 'text')
    .addPrimaryKeyConstraint('annual_report_editions_key', ['report_id', 'number'])
    .execute();
}
