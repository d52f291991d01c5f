import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** One family of surveys asked of given schools between two dates. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'waves')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('starts_on', 'text', (column) => column.notNull())
    .addColumn('ends_on', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .execute();
}
