import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What was noted of a wave before it opens, step by step: its data-protection file and the rest of its setup. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_setup_parts')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('noted_at', 'text', (column) => column.notNull())
    .addColumn('noted_by', 'text', (column) => column.references('accounts.id'))
    .addPrimaryKeyConstraint('wave_setup_parts_key', ['wave_id', 'part'])
    .execute();
}
