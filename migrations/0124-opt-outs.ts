import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How many pupils of a stage and class do not take part, as a number. The class is empty once the wave has closed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'opt_outs')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('class', 'text', (column) => column.notNull())
    .addColumn('pupils', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('opt_outs_key', ['wave_id', 'school_id', 'stage', 'class'])
    .execute();
}
