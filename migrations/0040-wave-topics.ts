import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a named adult switched a topic on for a wave, and why. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_topics')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('switched_on_at', 'text', (column) => column.notNull())
    .addColumn('switched_on_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addPrimaryKeyConstraint('wave_topics_key', ['wave_id', 'topic'])
    .execute();
}
