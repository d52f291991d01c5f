import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { cardLines, linesFault, LONGEST_CARD, LONGEST_HEADING, MOST_LINES } from '../../core/boards/cards.ts';
import { EVENT_KINDS, eventState, type EventKind } from '../../core/boards/events.ts';
import { Fault } from '../../errors.ts';
import { createBoardCards, type CardPlace } from '../../storage/board-cards.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import { contributionFault, newContribution } from '../forum/contribute.ts';
import { eventHref } from './addresses.ts';
import type { BoardContents, BoardReading, ReadBoard } from './board-reading.ts';
import { linkChoices } from './card-words.ts';
import type { AddingWords } from './event-page.ts';
import type { EventShowing } from './event-showing.ts';
import { IN_FORUMS } from '../access.ts';

const MEMBERS = { access: ['forum-member'] } as const;
const WORKERS = { access: ['youth-worker'] } as const;
const closed = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 60 });
const WithEvent = Type.Object({ board: Id, kind: Type.Enum(EVENT_KINDS) });
const NewCard = Type.Object({ words: PastedWords, heading: Type.Optional(Id), linked: Type.Optional(Id) }, closed);
const NewHeading = Type.Object({ words: PastedWords }, closed);

/** An event of a board: its list of cards, and what is added to it. */
export function eventRoutes(app: App, services: Services, reading: BoardReading, showing: EventShowing): void {
  const { database, clock } = services;
  const cards = createBoardCards(database);

  /** @throws Fault 'not-found' for an event that was never opened */
  async function find(request: FastifyRequest, { board, kind }: { board: string; kind: EventKind }) {
    const read = await reading.find(request, board);
    if (eventState(read.board.events, kind) === 'to-come') throw new Fault('not-found');
    return { ...read, kind };
  }

  /** @throws Fault 'already-done' once the event has ended */
  async function findOpen(request: FastifyRequest, params: { board: string; kind: EventKind }) {
    const found = await find(request, params);
    if (eventState(found.board.events, found.kind) === 'ended') throw new Fault('already-done');
    return found;
  }

  function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    event: ReadBoard & { kind: EventKind },
    { fault, typed }: { fault: FieldFault; typed: Partial<AddingWords> },
  ) {
    return showing.show(request, reply.code(422), event, { faults: [fault], typed });
  }

  /** Where a new card stands, from what was chosen; a fault if there is something to link it to and nothing was chosen. */
  async function placeOf(
    language: Language,
    { kind, ...read }: ReadBoard & { kind: EventKind },
    typed: { heading?: string; linked?: string },
  ): Promise<{ place: CardPlace } | { fault: FieldFault }> {
    const contents = await reading.contents(read);
    const links = linkChoices(contents, kind, typed.linked ?? '');
    const linkedId = links.find(({ chosen }) => chosen)?.value ?? null;
    if (links.length > 0 && linkedId === null)
      return { fault: { field: 'linked', message: language.words.boards.linkedFault } };
    return { place: { headingId: headingOf(contents, kind, typed.heading ?? ''), linkedId } };
  }

  app.get(eventHref(':board', ':kind'), { schema: { params: WithEvent }, config: IN_FORUMS }, async (request, reply) =>
    showing.show(request, reply, await find(request, request.params), { faults: [], typed: {} }),
  );

  app.post(
    `${eventHref(':board', ':kind')}/cards`,
    { schema: { params: WithEvent, body: NewCard }, config: MEMBERS },
    async (request, reply) => {
      const { body, language } = request;
      const event = await findOpen(request, request.params);
      const fault = contributionFault(body.words, LONGEST_CARD);
      const message = fault && language.say('boards', `card-${fault}`, { most: language.number(LONGEST_CARD) });
      if (message) return refuse(request, reply, event, { fault: { field: 'words', message }, typed: body });
      const placed = await placeOf(language, event, body);
      if ('fault' in placed) return refuse(request, reply, event, { fault: placed.fault, typed: body });
      const card = newContribution(event.viewer, { words: oneLine(body.words), language: language.code }, clock());
      const where = { boardId: event.board.id, kind: event.kind, fromRoom: false, ...placed.place };
      const [id] = await cards.add(where, [card], clock());
      return reply.redirect(`${eventHref(event.board.id, event.kind)}#said-${id}`, 303);
    },
  );

  app.post(
    `${eventHref(':board', ':kind')}/room-cards`,
    { schema: { params: WithEvent, body: NewCard }, config: WORKERS },
    async (request, reply) => {
      const { body, language } = request;
      const event = await findOpen(request, request.params);
      const lines = cardLines(body.words);
      const message = linesMessage(language, lines);
      if (message) return refuse(request, reply, event, { fault: { field: 'words', message }, typed: body });
      const placed = await placeOf(language, event, body);
      if ('fault' in placed) return refuse(request, reply, event, { fault: placed.fault, typed: body });
      const said = lines.map((words) => newContribution(event.viewer, { words, language: language.code }, clock()));
      await cards.add({ boardId: event.board.id, kind: event.kind, fromRoom: true, ...placed.place }, said, clock());
      return reply.redirect(`${eventHref(event.board.id, event.kind)}#cards`, 303);
    },
  );

  app.post(
    `${eventHref(':board', ':kind')}/headings`,
    { schema: { params: WithEvent, body: NewHeading }, config: IN_FORUMS },
    async (request, reply) => {
      const { body, language } = request;
      const event = await findOpen(request, request.params);
      const fault = contributionFault(body.words, LONGEST_HEADING);
      if (fault) {
        const message = language.say('boards', `heading-${fault}`, { most: language.number(LONGEST_HEADING) });
        return refuse(request, reply, event, {
          fault: { field: 'new-heading', message },
          typed: { newHeading: body.words },
        });
      }
      const said = newContribution(event.viewer, { words: oneLine(body.words), language: language.code }, clock());
      const id = await cards.addHeading({ boardId: event.board.id, kind: event.kind }, said, clock());
      return reply.redirect(`${eventHref(event.board.id, event.kind)}#heading-${id}`, 303);
    },
  );

  app.post(
    `${eventHref(':board', ':kind')}/looks`,
    { schema: { params: WithEvent }, config: IN_FORUMS },
    async (request, reply) => {
      const event = await find(request, request.params);
      await showing.look({ ...event, contents: await reading.contents(event) });
      return reply.redirect(`${eventHref(event.board.id, event.kind)}#cards`, 303);
    },
  );
}

/** The heading that was chosen, if it is one of this event that the person may read. */
export function headingOf({ headings }: BoardContents, kind: EventKind, chosen: string): string | null {
  const heading = headings.get(chosen)?.heading;
  return heading?.kind === kind && !heading.versions.at(-1)!.isRemoved ? chosen : null;
}

/** A card is one line. */
const oneLine = (words: string) => words.replace(/\s+/gu, ' ').trim();

function linesMessage(language: Language, lines: readonly string[]): string | null {
  const fault = linesFault(lines);
  if (!fault) return null;
  const most = language.number(fault.code === 'too-many' ? MOST_LINES : LONGEST_CARD);
  const line = fault.code === 'too-long' ? language.number(fault.line) : '';
  return language.say('boards', `lines-${fault.code}`, { most, line });
}
