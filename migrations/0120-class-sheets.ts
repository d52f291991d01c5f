import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The sheet of each class of a wave: only keyed hashes of its link and its PIN. Gone when the wave closes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'class_sheets')
    .addColumn('wave_id', 'text', (column) => column.notNull().references('waves.id'))
    .addColumn('school_id', 'text', (column) => column.notNull().references('schools.id'))
    .addColumn('class_name', 'text', (column) => column.notNull())
    .addColumn('link_hmac', 'text', (column) => column.notNull().unique())
    .addColumn('pin_hmac', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('class_sheets_key', ['wave_id', 'school_id', 'class_name'])
    .execute();
}
