import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Editions that were taken back: when, by whom and why. The edition itself stays as it is and is shown to nobody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_report_withdrawals')
    .addColumn('report_id', 'text', (column) => column.notNull())
    .addColumn('edition', 'integer', (column) => column.notNull())
    .addColumn('withdrawn_at', 'text', (column) => column.notNull())
    .addColumn('withdrawn_by', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('annual_report_withdrawals_key', ['report_id', 'edition'])
    .addForeignKeyConstraint('annual_report_withdrawals_edition', ['report_id', 'edition'], 'annual_report_editions', [
      'report_id',
      'number',
    ])
    .execute();
}
