import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What a job has done so far, so that it goes on after an end that nobody planned. Nothing exact is in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_pieces')
    .addColumn('job_id', 'text', (column) => column.notNull().references('release_jobs.id'))
    .addColumn('piece', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('release_pieces_key', ['job_id', 'piece'])
    .execute();
}
