import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The age bands that a wave is reported by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'wave_bands')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('band_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('stages', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('wave_bands_key', ['wave_id', 'band_id'])
    .execute();
}
