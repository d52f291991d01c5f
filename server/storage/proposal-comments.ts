import { insertContribution, type NewContribution } from './contributions.ts';
import type { Database } from './database.ts';

/** What people in forums say about proposed questions. */
export interface ProposalComments {
  /** @returns the id of the contribution */
  add(proposalId: string, comment: NewContribution, at: string): Promise<string>;
  /** Ids of the contributions about a proposal. */
  of(proposalId: string): Promise<string[]>;
}

export function createProposalComments({ query }: Pick<Database, 'query'>): ProposalComments {
  return {
    add: (proposalId, comment, at) =>
      query.transaction().execute(async (trx) => {
        const id = await insertContribution(trx, comment, at);
        await trx.insertInto('proposal_comments').values({ contribution_id: id, proposal_id: proposalId }).execute();
        return id;
      }),
    async of(proposalId) {
      const rows = query.selectFrom('proposal_comments').select('contribution_id as id');
      return (await rows.where('proposal_id', '=', proposalId).execute()).map(({ id }) => id);
    },
  };
}
