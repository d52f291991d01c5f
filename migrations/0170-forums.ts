import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Young people of one place who design questions together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forums')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.references('accounts.id'))
    .addUniqueConstraint('forums_name', ['authority_id', 'name'])
    .execute();
}
