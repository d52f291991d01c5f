import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Questions that forum members propose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposals')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('survey_id', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('why_ask', 'text', (column) => column.notNull())
    .addColumn('proposed_at', 'text', (column) => column.notNull())
    .addColumn('proposed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
