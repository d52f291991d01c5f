import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The number by which the texts of a report quote a figure; it stays with what the figure is of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_report_figures')
    .addColumn('report_id', 'text', (column) => column.notNull().references('annual_reports.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('figure', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('annual_report_figures_key', ['report_id', 'number'])
    .addUniqueConstraint('annual_report_figures_figure', ['report_id', 'figure'])
    .execute();
}
