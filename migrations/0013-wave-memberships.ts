import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Cluster membership as it was when the wave opened. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_memberships')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('cluster_id', 'text', (column) => column.notNull().references('clusters.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addPrimaryKeyConstraint('wave_memberships_key', ['wave_id', 'cluster_id', 'school_id'])
    .execute();
}
