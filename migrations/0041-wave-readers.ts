import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Who reads what young people write in a wave. A wave without readers asks for no words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_readers')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('named_at', 'text', (column) => column.notNull())
    .addColumn('named_by', 'text', (column) => column.references('accounts.id'))
    .addPrimaryKeyConstraint('wave_readers_key', ['wave_id', 'account_id'])
    .execute();
}
