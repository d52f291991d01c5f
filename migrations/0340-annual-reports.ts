import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Annual reports of an authority: one for each period. What is written and published of them stands in other tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'annual_reports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('from_on', 'text', (column) => column.notNull())
    .addColumn('to_on', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .addUniqueConstraint('annual_reports_period', ['authority_id', 'from_on', 'to_on'])
    .execute();
}
