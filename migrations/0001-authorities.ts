import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Council areas, real or a demonstration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'authorities')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addCheckConstraint('authorities_kind', sql`kind in ('real', 'demonstration')`)
    .execute();
}
