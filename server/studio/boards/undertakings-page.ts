import type { BoardCard } from '../../storage/board-cards.ts';
import type { Undertaking } from '../../storage/board-undertakings.ts';
import type { Board } from '../../storage/boards.ts';
import type { Contribution } from '../../storage/contributions.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { written, type Written } from '../words.ts';
import { BOARDS_HREF, cardHref } from './addresses.ts';
import { signedWords, type SignedWords } from './card-words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/boards/undertakings': {
      title: string;
      faults: FieldFault[];
      board: Written;
      about: Written;
      backHref: string;
      earliest: string;
      ideas: {
        id: string;
        text: Written;
        stars: string;
        signed: SignedWords[];
        /** Where to sign; empty for whoever has. */
        action: string;
        isOpen: boolean;
        typed: SigningWords;
      }[];
    };
  }
}

export interface SigningWords {
  as: string;
  words: string;
  due: string;
}

/** What was typed to sign an idea, and what is wrong with it. */
export interface SigningForm {
  cardId: string;
  faults: FieldFault[];
  typed: SigningWords;
}

/** Ideas as adults of the council read them: words alone, and only where their authors agreed. */
export interface SigningFacts {
  board: Board;
  accountId: string;
  /** Those with the most stars first. */
  ideas: readonly { card: BoardCard; said: Contribution }[];
  undertakings: readonly Undertaking[];
  today: string;
}

export function undertakingsPage(
  language: Language,
  { board, accountId, ideas, undertakings, today }: SigningFacts,
  form: SigningForm | null,
): Views['studio/boards/undertakings'] {
  return {
    title: language.words.boards.signTitle,
    faults: form?.faults ?? [],
    board: written(board.title, board.language),
    about: written(board.about, board.language),
    backHref: BOARDS_HREF,
    earliest: today,
    ideas: ideas.map(({ card, said }) => {
      const hasSigned = undertakings.some((one) => one.cardId === card.id && one.accountId === accountId);
      const isOpen = form?.cardId === card.id;
      return {
        id: card.id,
        text: written(said.words, said.language),
        stars: language.say('boards', 'stars', { count: card.starredBy.length }),
        signed: signedWords(language, undertakings, card.id),
        action: hasSigned ? '' : `${cardHref(board.id, card.id)}/undertakings`,
        isOpen,
        typed: isOpen ? form.typed : { as: '', words: '', due: '' },
      };
    }),
  };
}
