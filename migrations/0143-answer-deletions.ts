import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That the answers of a wave were deleted because their time was over, with what was deleted and what was left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'answer_deletions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('begun_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('report', 'text')
    .execute();
}
