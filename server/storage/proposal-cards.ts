import type { Database } from './database.ts';

/** Which ideas on boards became proposed questions. */
export interface ProposalCards {
  add(proposalId: string, cardId: string): Promise<void>;
  /** The card that a proposal came from. */
  cardOf(proposalId: string): Promise<string | undefined>;
  /** Proposals that came from the cards of a board. */
  ofBoard(boardId: string): Promise<{ proposalId: string; cardId: string }[]>;
}

export function createProposalCards({ query }: Pick<Database, 'query'>): ProposalCards {
  return {
    async add(proposalId, cardId) {
      await query.insertInto('proposal_cards').values({ proposal_id: proposalId, card_id: cardId }).execute();
    },
    async cardOf(proposalId) {
      const rows = query.selectFrom('proposal_cards').select('card_id as cardId');
      return (await rows.where('proposal_id', '=', proposalId).executeTakeFirst())?.cardId;
    },
    ofBoard: (boardId) =>
      query
        .selectFrom('proposal_cards')
        .innerJoin('board_cards', 'contribution_id', 'card_id')
        .select(['proposal_id as proposalId', 'card_id as cardId'])
        .where('board_id', '=', boardId)
        .orderBy('proposal_id')
        .execute(),
  };
}
