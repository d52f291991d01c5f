import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a text was sent with the other answers, and by somebody of which band. No time: the texts hold days alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'sent_texts')
    .addColumn('text_id', 'text', (column) => column.primaryKey().notNull().references('written_texts.id'))
    .addColumn('band_id', 'text', (column) => column.notNull())
    .execute();
}
