import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Adults and forum members who sign in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'accounts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('authority_id', 'text', (column) => column.notNull().references('authorities.id'))
    .addColumn('sign_in_name', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
}
