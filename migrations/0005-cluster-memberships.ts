import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which school belongs to which cluster, from when to when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'cluster_memberships')
    .addColumn('cluster_id', 'text', (column) => column.notNull().references('clusters.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('from_date', 'text', (column) => column.notNull())
    .addColumn('to_date', 'text')
    .addPrimaryKeyConstraint('cluster_memberships_key', ['cluster_id', 'school_id', 'from_date'])
    .execute();
}
