import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which device carries on which draft. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'respondent_sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('code_hmac', 'text', (column) => column.notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('superseded', 'integer', (column) => column.notNull())
    .addCheckConstraint('respondent_sessions_superseded', sql`superseded in (0, 1)`)
    .execute();
}
