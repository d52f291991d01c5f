import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The row that whoever adds to the record holds meanwhile: entries are never touched, so no trigger minds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'audit_locks')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .execute();
  await sql`insert into audit_locks (name) values ('chain')`.execute(db);
}
