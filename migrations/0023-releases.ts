import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The tables of a wave, made safe. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'releases')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .addColumn('cube', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .execute();
}
