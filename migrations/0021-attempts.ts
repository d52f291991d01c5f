import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a draft was brought to its end once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'attempts')
    .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .execute();
}
