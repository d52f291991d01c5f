import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What an adult of the council signed that they take on. */
export interface Undertaking {
  cardId: string;
  accountId: string;
  /** As whom they signed: a role, never a name. */
  signedAs: string;
  /** What they will do. */
  words: string;
  language: string;
  /** By when: a day. */
  dueOn: string;
  signedAt: string;
}

export interface BoardUndertakings {
  /** @returns 'done-already' if this account signed that card before */
  sign(undertaking: Omit<Undertaking, 'signedAt'>, at: string): Promise<'signed' | 'done-already'>;
  /** What was signed on the cards of a board, the oldest first. */
  ofBoard(boardId: string): Promise<Undertaking[]>;
}

export function createBoardUndertakings({ query }: Pick<Database, 'query'>): BoardUndertakings {
  return {
    async sign({ cardId, accountId, signedAs, words, language, dueOn }, at) {
      const row = { id: newId(), card_id: cardId, account_id: accountId, signed_as: signedAs, words, language };
      try {
        await query
          .insertInto('board_undertakings')
          .values({ ...row, due_on: dueOn, signed_at: at })
          .execute();
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
      return 'signed';
    },
    ofBoard: (boardId) =>
      query
        .selectFrom('board_undertakings')
        .innerJoin('board_cards', 'contribution_id', 'card_id')
        .select(['card_id as cardId', 'account_id as accountId', 'signed_as as signedAs', 'words', 'language'])
        .select(['due_on as dueOn', 'signed_at as signedAt'])
        .where('board_id', '=', boardId)
        .orderBy('signed_at')
        .orderBy('id')
        .execute(),
  };
}
