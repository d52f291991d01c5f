import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The guided check of an entry from one change to the next, as JSON; the newest holds, none is ever changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'engagement_checks')
    .addColumn('entry_id', 'text', (column) => column.notNull().references('engagement_entries.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text')
    .addPrimaryKeyConstraint('engagement_checks_key', ['entry_id', 'number'])
    .execute();
}
