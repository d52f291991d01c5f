import { EVENT_KINDS, type EventKind } from '../../core/boards/events.ts';
import { createBoardCards } from '../../storage/board-cards.ts';
import { createBoards } from '../../storage/boards.ts';
import type { Services } from '../../web/services.ts';

/** Cards of the demonstration's board, all made up: heading, words, and the place of the card that it is linked to. */
const CARDS: Record<EventKind, readonly [heading: string, words: string, linked?: number][]> = {
  needs: [
    ['Places', 'Somewhere warm to be together after school that costs nothing'],
    ['Places', 'A quiet corner at lunch'],
    ['People', 'One adult at school who asks how I am and has time for the answer'],
    ['', 'Buses that still run after clubs end'],
  ],
  obstacles: [
    ['Opening times', 'The hall is shut on most days of the week', 0],
    ['Opening times', 'The library closes when school ends', 1],
    ['', 'The last bus leaves before the club is over', 3],
  ],
  ideas: [
    ['', 'Let a club run the hall on two evenings, with a key of its own', 0],
    ['', 'Put the times of the last bus and of the clubs on one page and move one of them', 2],
  ],
};

/** Whose board it is. */
export interface SeededBoard {
  forumId: string;
  worker: string;
  /** Members who write the cards in turn. */
  members: readonly string[];
}

/** Adds a board whose first two events are over and whose third is open. */
export async function addBoard(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  { forumId, worker, members }: SeededBoard,
): Promise<void> {
  const boards = createBoards(database);
  const words = { title: 'After school', about: 'What is there to do here when school is over, and for whom?' };
  const { id: boardId } = await boards.make({ forumId, ...words, language: 'en', madeBy: worker }, clock());
  let earlier: string[] = [];
  for (const kind of EVENT_KINDS) {
    await boards.openEvent(boardId, kind, worker, clock());
    earlier = await addCards({ database, clock }, { forumId, boardId, kind, members, earlier });
    if (kind !== 'ideas') await boards.endEvent(boardId, kind, worker, clock());
  }
}

/** @returns ids of the cards, in their order */
async function addCards(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  event: { forumId: string; boardId: string; kind: EventKind; members: readonly string[]; earlier: readonly string[] },
): Promise<string[]> {
  const { forumId, boardId, kind, members, earlier } = event;
  const cards = createBoardCards(database);
  const said = (words: string, place: number) => ({
    ...{ forumId, words, accountId: members[place % members.length]! },
    ...{ language: 'en', showsFrom: clock(), holdReason: null },
  });
  const headings = new Map<string, string>();
  const ids: string[] = [];
  for (const [place, [heading, words, linked]] of CARDS[kind].entries()) {
    if (heading !== '' && !headings.has(heading))
      headings.set(heading, await cards.addHeading({ boardId, kind }, said(heading, place), clock()));
    const linkedId = linked === undefined ? null : earlier[linked]!;
    const where = { boardId, kind, fromRoom: false, headingId: headings.get(heading) ?? null, linkedId };
    ids.push(...(await cards.add(where, [said(words, place)], clock())));
  }
  return ids;
}
