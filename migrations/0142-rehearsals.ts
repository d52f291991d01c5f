import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/**
 * That a wave is rehearsed by a wave of its own, which is deleted in the end: its id stays here, so it is no reference.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'rehearsals')
    .addColumn('rehearsal_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('begun_at', 'text', (column) => column.notNull())
    .addColumn('begun_by', 'text', (column) => column.references('accounts.id'))
    .addColumn('ended_at', 'text')
    .addColumn('sent', 'integer')
    .execute();
}
