import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The roll as it was when the wave opened. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_rolls')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('class', 'text')
    .addColumn('sex', 'text')
    .addColumn('quintile', 'integer')
    .addColumn('asn', 'text')
    .addColumn('pupils', 'integer', (column) => column.notNull())
    .execute();
}
