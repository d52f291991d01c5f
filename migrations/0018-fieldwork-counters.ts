import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How many started, declined, sent or broke off, by school, stage and class. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'fieldwork_counters')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('class', 'text', (column) => column.notNull())
    .addColumn('started', 'integer', (column) => column.notNull())
    .addColumn('declined', 'integer', (column) => column.notNull())
    .addColumn('sent', 'integer', (column) => column.notNull())
    .addColumn('broken_off', 'integer', (column) => column.notNull())
    .addColumn('broken_off_kept', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('fieldwork_counters_key', ['wave_id', 'school_id', 'stage', 'class'])
    .execute();
}
