import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventKind } from '../../core/boards/events.ts';
import { createBoardLooks } from '../../storage/board-looks.ts';
import { createBoardUndertakings } from '../../storage/board-undertakings.ts';
import { createProposalCards } from '../../storage/proposal-cards.ts';
import { createQuestionOrigins } from '../../storage/question-origins.ts';
import { person } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import type { BoardContents, BoardReading, ReadBoard } from './board-reading.ts';
import { eventPage, eventPieces, type EventForms } from './event-page.ts';

export interface EventShowing {
  /** Shows an event as this person last looked at it; whoever comes for the first time sees it as it is. */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    event: ReadBoard & { kind: EventKind },
    forms: EventForms,
  ): Promise<FastifyReply>;
  /** Keeps that this person sees the event as it is now. */
  look(event: ReadBoard & { kind: EventKind; contents: BoardContents }): Promise<void>;
}

export function createEventShowing({ database, clock }: Services, reading: BoardReading): EventShowing {
  const looks = createBoardLooks(database);
  const undertakings = createBoardUndertakings(database);
  const proposalCards = createProposalCards(database);
  const origins = createQuestionOrigins(database);

  const look: EventShowing['look'] = ({ board, viewer, kind, contents }) => {
    const { cards, headings } = eventPieces(contents, kind);
    const pieces = [...cards.map(({ card }) => card), ...headings.map(({ heading }) => heading)];
    const seen = pieces.map(({ id, versions }) => ({ id, version: versions.at(-1)!.version }));
    return looks.add({ boardId: board.id, kind, accountId: viewer.accountId }, seen, clock());
  };

  return {
    look,
    async show(request, reply, { kind, ...read }, forms) {
      const { board, viewer } = read;
      const contents = await reading.contents(read);
      const place = { boardId: board.id, kind, accountId: viewer.accountId };
      if (!(await looks.find(place))) await look({ ...read, kind, contents });
      const facts = {
        ...{ read, contents, kind, now: clock() },
        looked: (await looks.find(place))!,
        undertakings: await undertakings.ofBoard(board.id),
        proposals: await proposalCards.ofBoard(board.id),
        published: await origins.published(person(request).authorityId),
      };
      return reply.page('studio/boards/event', eventPage(request.language, facts, forms));
    },
  };
}
