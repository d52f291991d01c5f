import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which release a job corrects, why, and how its answers are counted otherwise. The job's id is that of its release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_corrections')
    .addColumn('release_id', 'text', (column) => column.primaryKey().notNull().references('release_jobs.id'))
    .addColumn('corrects_id', 'text', (column) => column.notNull().references('releases.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('counting', 'text', (column) => column.notNull())
    .execute();
}
