import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What the ethics check of a draft found, beside its reasons. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_checks')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('draft_number', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('legal_basis', 'text', (column) => column.notNull())
    .addColumn('special_condition', 'text', (column) => column.notNull())
    .addColumn('sensitivity', 'text', (column) => column.notNull())
    .addColumn('support', 'text', (column) => column.notNull())
    .addColumn('outside_advice', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('proposal_checks_key', ['proposal_id', 'draft_number', 'place'])
    .execute();
}
