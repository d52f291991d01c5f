import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The themes and quotes of a wave, made safe and frozen. One a wave. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_releases')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().unique().references('waves.id'))
    .addColumn('release_id', 'text', (column) => column.notNull().references('releases.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .execute();
}
