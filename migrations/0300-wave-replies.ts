import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which reply the pupils of a wave are asked about. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_replies')
    .addColumn('wave_id', 'text', (column) => column.primaryKey().references('waves.id'))
    .addColumn('reply_id', 'text', (column) => column.notNull().references('replies.id'))
    .addColumn('chosen_at', 'text', (column) => column.notNull())
    .addColumn('chosen_by', 'text', (column) => column.references('accounts.id'))
    .execute();
}
