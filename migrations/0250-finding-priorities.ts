import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That somebody marked a finding as a priority, or took the mark away; the newest row holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'finding_priorities')
    .addColumn('finding_id', 'text', (column) => column.notNull().references('findings.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('is_priority', 'integer', (column) => column.notNull())
    .addColumn('marked_at', 'text', (column) => column.notNull())
    .addColumn('marked_by', 'text')
    .addPrimaryKeyConstraint('finding_priorities_key', ['finding_id', 'number'])
    .execute();
}
