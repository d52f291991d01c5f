import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What members say about a proposal: each is a contribution. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_comments')
    .addColumn('contribution_id', 'text', (column) => column.primaryKey().notNull().references('contributions.id'))
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .execute();
  await db.schema.createIndex('proposal_comments_by_proposal').on('proposal_comments').column('proposal_id').execute();
}
