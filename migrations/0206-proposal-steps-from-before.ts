import { sql, type Kysely } from 'kysely';

/** What was accepted and approved before drafts were numbered: steps of the first draft. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into proposal_steps (proposal_id, draft_number, place, step, reason, taken_at, taken_by)
    select proposal_id, 1, 1, 'agreed', '', accepted_at, accepted_by from proposal_acceptances
  `.execute(db);
  await sql`
    insert into proposal_steps (proposal_id, draft_number, place, step, reason, taken_at, taken_by)
    select proposal_id, 1, 2, 'approved', reason, approved_at, approved_by from proposal_approvals
  `.execute(db);
  await db.schema.dropTable('proposal_acceptances').execute();
  await db.schema.dropTable('proposal_approvals').execute();
}
