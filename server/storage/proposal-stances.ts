import type { Stance } from '../core/drafts/support.ts';
import type { Database } from './database.ts';

/** What members of forums think of drafts: one stance each, which may change until the forum decides. */
export interface ProposalStances {
  take(draft: { proposalId: string; number: number }, accountId: string, stance: Stance, at: string): Promise<void>;
  /**
   * The stances about one draft, by account.
   * @param present whose stances count: those who are in the forum now
   */
  of(proposalId: string, number: number, present: readonly string[]): Promise<Map<string, Stance>>;
}

export function createProposalStances({ query }: Pick<Database, 'query'>): ProposalStances {
  return {
    async take({ proposalId, number }, accountId, stance, at) {
      await query
        .insertInto('proposal_stances')
        .values({ proposal_id: proposalId, draft_number: number, account_id: accountId, stance, taken_at: at })
        .onConflict((conflict) =>
          conflict.columns(['proposal_id', 'draft_number', 'account_id']).doUpdateSet({ stance, taken_at: at }),
        )
        .execute();
    },
    async of(proposalId, number, present) {
      const rows = await query
        .selectFrom('proposal_stances')
        .select(['account_id', 'stance'])
        .where('proposal_id', '=', proposalId)
        .where('draft_number', '=', number)
        .execute();
      const counted = rows.filter((row) => present.includes(row.account_id));
      return new Map(counted.map((row) => [row.account_id, row.stance]));
    },
  };
}
