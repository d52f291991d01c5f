import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What young people wrote, sent or not, for the readers named in their wave: sealed, without a name or a code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'written_texts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.references('schools.id'))
    .addColumn('stage', 'text')
    .addColumn('question_id', 'text', (column) => column.notNull())
    .addColumn('body', 'blob', (column) => column.notNull())
    .addColumn('written_on', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .execute();
}
