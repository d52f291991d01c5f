import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody sorted a text; the version tells a stale page from a new one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'text_codings')
    .addColumn('text_id', 'text', (column) => column.primaryKey().notNull().references('written_texts.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('coded_at', 'text', (column) => column.notNull())
    .addColumn('coded_by', 'text', (column) => column.notNull().references('accounts.id'))
    .execute();
}
