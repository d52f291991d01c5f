import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What was decided about a draft, in order: by its forum, and by whoever checks its ethics. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_steps')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('draft_number', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .addColumn('taken_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addPrimaryKeyConstraint('proposal_steps_key', ['proposal_id', 'draft_number', 'place'])
    .addCheckConstraint('proposal_steps_step', sql`step in ('agreed', 'not-agreed', 'approved', 'changes-asked')`)
    .execute();
}
