import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What lets one person answer once; only a keyed hash of the code itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'codes')
    .addColumn('hmac', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('school_id', 'text', (column) => column.references('schools.id'))
    .addColumn('stage', 'text')
    .addColumn('class', 'text')
    .addColumn('sex', 'text')
    .addColumn('quintile', 'integer')
    .addColumn('asn', 'text')
    .addCheckConstraint('codes_state', sql`state in ('unspent', 'started', 'spent', 'replaced')`)
    .execute();
}
