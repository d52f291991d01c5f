import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** A link to an open survey, as it stands in a letter and its QR code; it may carry a locality. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_links')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('locality_id', 'text', (column) => column.references('localities.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.references('accounts.id'))
    .execute();
}
