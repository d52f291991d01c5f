import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Eligible pupils by school, stage and class, jointly with what else the authority holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'roll_counts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('counted_on', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('class', 'text')
    .addColumn('sex', 'text')
    .addColumn('quintile', 'integer')
    .addColumn('asn', 'text')
    .addColumn('pupils', 'integer', (column) => column.notNull())
    .execute();
}
