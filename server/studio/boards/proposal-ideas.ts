import type { FastifyRequest } from 'fastify';
import { Fault } from '../../errors.ts';
import { createBoardCards } from '../../storage/board-cards.ts';
import { createProposalCards } from '../../storage/proposal-cards.ts';
import type { Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { written, type Written } from '../words.ts';
import { cardHref } from './addresses.ts';
import { createBoardReading } from './board-reading.ts';

/** An idea on a board that a question comes from, for whoever is in the forum. */
export interface ProposalIdea {
  cardId: string;
  href: string;
  text: Written;
  /** What the form begins with. Words of somebody who has not agreed to their being said outside are not copied. */
  why: string;
}

export interface ProposalIdeas {
  /** @throws Fault 'not-found' unless it is an idea that this person may read */
  find(request: FastifyRequest, cardId: string): Promise<ProposalIdea>;
  /** Those of some cards that this person may read. */
  readable(request: FastifyRequest, cardIds: readonly string[]): Promise<ProposalIdea[]>;
  /** The idea that a proposal came from; null if it came from none that this person may read. */
  of(request: FastifyRequest, proposalId: string): Promise<ProposalIdea | null>;
  add(proposalId: string, cardId: string): Promise<void>;
}

/** How ideas on boards become proposed questions. */
export function createProposalIdeas(services: Services, access: ForumAccess): ProposalIdeas {
  const reading = createBoardReading(services, access);
  const cards = createBoardCards(services.database);
  const proposalCards = createProposalCards(services.database);

  async function find(request: FastifyRequest, cardId: string): Promise<ProposalIdea> {
    const card = await cards.find(cardId);
    if (card?.kind !== 'ideas') throw new Fault('not-found');
    const { found, viewer, board } = await reading.findCard(request, card.boardId, cardId);
    const { words, language, authorId, mayBePublic } = found.said;
    const mayCopy = mayBePublic || authorId === viewer.accountId;
    return { cardId, href: cardHref(board.id, cardId), text: written(words, language), why: mayCopy ? words : '' };
  }

  async function findReadable(request: FastifyRequest, cardId: string): Promise<ProposalIdea | null> {
    try {
      return await find(request, cardId);
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  }

  return {
    find,
    async readable(request, cardIds) {
      const found = await Promise.all(cardIds.map((cardId) => findReadable(request, cardId)));
      return found.filter((idea) => idea !== null);
    },
    async of(request, proposalId) {
      const cardId = await proposalCards.cardOf(proposalId);
      return cardId === undefined ? null : findReadable(request, cardId);
    },
    add: (proposalId, cardId) => proposalCards.add(proposalId, cardId),
  };
}
