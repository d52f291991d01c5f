import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** That a proposal was retired, or merged into another one, until somebody brings it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_endings')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('how', 'text', (column) => column.notNull())
    .addColumn('into_id', 'text', (column) => column.references('proposals.id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text', (column) => column.notNull())
    .addColumn('ended_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('restored_at', 'text')
    .addColumn('restored_by', 'text', (column) => column.references('accounts.id'))
    .addPrimaryKeyConstraint('proposal_endings_key', ['proposal_id', 'place'])
    .addCheckConstraint('proposal_endings_how', sql`how in ('retired', 'merged')`)
    .execute();
}
