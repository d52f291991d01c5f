import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** How many of a forum were for and against a draft when it was decided about. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_counts')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('draft_number', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('counted', 'text', (column) => column.notNull())
    .addColumn('in_favour', 'integer', (column) => column.notNull())
    .addColumn('against', 'integer', (column) => column.notNull())
    .addColumn('unsure', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('proposal_counts_key', ['proposal_id', 'draft_number', 'place'])
    .addCheckConstraint('proposal_counts_counted', sql`counted in ('here', 'in-the-room')`)
    .execute();
}
