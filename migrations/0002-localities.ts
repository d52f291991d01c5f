import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Parts of an authority. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'localities')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addUniqueConstraint('localities_unique', ['authority_id', 'code'])
    .execute();
}
