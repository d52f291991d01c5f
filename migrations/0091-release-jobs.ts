import { sql, type Kysely, type SqlBool } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Releases that are being made. A wave has one at a time, however often the button is pressed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'release_jobs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('made_by', 'text')
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('failed_at', 'text')
    .addColumn('why', 'text')
    .addColumn('pieces', 'integer')
    .execute();
  await db.schema
    .createIndex('release_jobs_under_way')
    .unique()
    .on('release_jobs')
    .column('wave_id')
    .where(sql<SqlBool>`finished_at is null and failed_at is null`)
    .execute();
}
