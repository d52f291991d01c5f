import type { FastifyRequest } from 'fastify';
import { Fault } from '../../errors.ts';
import { createBoardCards, type BoardCard, type BoardHeading } from '../../storage/board-cards.ts';
import { createBoards, type Board } from '../../storage/boards.ts';
import { createContributions, type Contribution } from '../../storage/contributions.ts';
import type { Services } from '../../web/services.ts';
import { mayRead } from '../forum/contribution-words.ts';
import type { ForumAccess, InForum } from '../forum/forum-access.ts';

/** A board, and who reads it. */
export interface ReadBoard {
  viewer: InForum;
  board: Board;
}

/** A card with its words. */
export interface ReadCard {
  card: BoardCard;
  said: Contribution;
}

/** A heading with its words. */
export interface ReadHeading {
  heading: BoardHeading;
  said: Contribution;
}

/** What somebody may read on a board, by id, in the order it was written. */
export interface BoardContents {
  cards: ReadonlyMap<string, ReadCard>;
  headings: ReadonlyMap<string, ReadHeading>;
  /** Cards that this person may not read. */
  unread: BoardCard[];
}

export interface BoardReading {
  /** @throws Fault 'not-found' unless the person is in the forum of the board; 'house-rules' as `inForum` does */
  find(request: FastifyRequest, boardId: string): Promise<ReadBoard>;
  /** @throws Fault 'not-found' as well unless the person is a youth worker of the forum */
  findAsWorker(request: FastifyRequest, boardId: string): Promise<ReadBoard>;
  contents(read: ReadBoard): Promise<BoardContents>;
  /** @throws Fault 'not-found' for a card that is on another board, was withdrawn, or is not there for this person */
  findCard(
    request: FastifyRequest,
    boardId: string,
    cardId: string,
  ): Promise<ReadBoard & { contents: BoardContents; found: ReadCard }>;
}

/** Boards as one person in the forum may read them. */
export function createBoardReading({ database, clock }: Services, access: ForumAccess): BoardReading {
  const boards = createBoards(database);
  const boardCards = createBoardCards(database);
  const contributions = createContributions(database);

  async function find(request: FastifyRequest, boardId: string): Promise<ReadBoard> {
    const board = await boards.find(boardId);
    if (!board) throw new Fault('not-found');
    return { board, viewer: await access.inForum(request, board.forumId) };
  }

  async function contents({ board, viewer }: ReadBoard): Promise<BoardContents> {
    const [cards, headings] = await Promise.all([boardCards.ofBoard(board.id), boardCards.headings(board.id)]);
    const all = await contributions.many([...cards, ...headings].map(({ id }) => id));
    const isHeading = new Set(headings.map(({ id }) => id));
    // Where words of a heading were taken away, cards of others still stand under it.
    const readable = all.filter((said) => mayRead(viewer, said, clock()) || (said.isRemoved && isHeading.has(said.id)));
    const cardOf = new Map(cards.map((card) => [card.id, card]));
    const headingOf = new Map(headings.map((heading) => [heading.id, heading]));
    const shownCards = readable.flatMap((said) => withId(cardOf.get(said.id), (card) => ({ card, said })));
    const shownHeadings = readable.flatMap((said) => withId(headingOf.get(said.id), (heading) => ({ heading, said })));
    const shown = new Map(shownCards.map((one) => [one.card.id, one]));
    return {
      cards: shown,
      headings: new Map(shownHeadings.map((one) => [one.heading.id, one])),
      unread: cards.filter(({ id }) => !shown.has(id)),
    };
  }

  return {
    find,
    async findAsWorker(request, boardId) {
      const found = await find(request, boardId);
      if (!found.viewer.isWorker) throw new Fault('not-found', 'Only youth workers of this forum may do this.');
      return found;
    },
    contents,
    async findCard(request, boardId, cardId) {
      const read = await find(request, boardId);
      const all = await contents(read);
      const found = all.cards.get(cardId);
      if (!found) throw new Fault('not-found');
      return { ...read, contents: all, found };
    },
  };
}

const withId = <Found, Shown>(found: Found | undefined, show: (found: Found) => Shown): Shown[] =>
  found === undefined ? [] : [show(found)];
