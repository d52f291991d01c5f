import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** For whom a finding matters, and the rule and the released figures that suggested it, as JSON, where one did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'finding_origins')
    .addColumn('finding_id', 'text', (column) => column.primaryKey().notNull().references('findings.id'))
    .addColumn('for_whom', 'text', (column) => column.notNull())
    .addColumn('facts', 'text')
    .execute();
}
