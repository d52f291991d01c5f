import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Devices of teachers that are signed in to a class. Gone when the wave closes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'class_sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('class_name', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
}
