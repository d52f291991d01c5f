import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Schools of an authority. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'schools')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('locality_id', 'text', (column) => column.references('localities.id'))
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sector', 'text', (column) => column.notNull())
    .addCheckConstraint('schools_sector', sql`sector in ('primary', 'secondary', 'special')`)
    .addUniqueConstraint('schools_unique', ['authority_id', 'code'])
    .execute();
}
