import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What was found when somebody looked whether the close of a wave had done all that it promises. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'closing_proofs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.references('accounts.id'))
    .addColumn('checks', 'text', (column) => column.notNull())
    .execute();
}
