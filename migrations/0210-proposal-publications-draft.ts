import { sql, type Kysely } from 'kysely';

/** Which draft of a proposal became part of the version; of those before, the one that was approved last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('proposal_publications').addColumn('draft_number', 'integer').execute();
  await sql`
    update proposal_publications set draft_number = (
      select max(draft_number) from proposal_steps
      where proposal_steps.proposal_id = proposal_publications.proposal_id and step = 'approved'
    )
  `.execute(db);
}
