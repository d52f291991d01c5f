import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Whom a person who answers can turn to, by authority and level; words by language are JSON. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'help_contacts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('web', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .execute();
}
