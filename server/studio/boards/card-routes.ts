import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { STARS_EACH } from '../../core/boards/cards.ts';
import { eventState } from '../../core/boards/events.ts';
import { Fault } from '../../errors.ts';
import { createBoardCards } from '../../storage/board-cards.ts';
import { createBoardUndertakings } from '../../storage/board-undertakings.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposalCards } from '../../storage/proposal-cards.ts';
import { createQuestionOrigins } from '../../storage/question-origins.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { pauseOf } from '../forum/forum-access.ts';
import { apart } from '../words.ts';
import { cardHref, eventHref } from './addresses.ts';
import type { BoardReading } from './board-reading.ts';
import { cardPage } from './card-page.ts';
import { linkChoices } from './card-words.ts';
import { headingText } from './event-page.ts';
import { headingOf } from './event-routes.ts';
import type { EventShowing } from './event-showing.ts';
import { IN_FORUMS } from '../access.ts';

const MEMBERS = { access: ['forum-member'] } as const;
const closed = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 60 });
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const WithCard = Type.Object({ board: Id, card: Id });
const Move = Type.Object({ heading: Id, version: Version }, closed);
const Link = Type.Object({ linked: Id, version: Version }, closed);

type FoundCard = Awaited<ReturnType<BoardReading['findCard']>>;

/** A card: moving and linking it, giving it a star, taking it back. */
export function cardRoutes(app: App, services: Services, reading: BoardReading, showing: EventShowing): void {
  const { database, clock } = services;
  const cards = createBoardCards(database);
  const contributions = createContributions(database);
  const undertakings = createBoardUndertakings(database);
  const proposalCards = createProposalCards(database);
  const origins = createQuestionOrigins(database);
  const backTo = ({ board, found: { card } }: FoundCard) => `${eventHref(board.id, card.kind)}#said-${card.id}`;

  const find = (request: FastifyRequest, { board, card }: { board: string; card: string }) =>
    reading.findCard(request, board, card);

  /** @throws Fault 'already-done' once the card's event has ended */
  async function findOpen(request: FastifyRequest, params: { board: string; card: string }): Promise<FoundCard> {
    const found = await find(request, params);
    if (eventState(found.board.events, found.found.card.kind) !== 'open') throw new Fault('already-done');
    return found;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, card: FoundCard, faults: FieldFault[]) {
    const { contents, found, ...read } = card;
    const facts = {
      ...{ read, contents, now: clock() },
      undertakings: await undertakings.ofBoard(read.board.id),
      proposals: await proposalCards.ofBoard(read.board.id),
      published: await origins.published(person(request).authorityId),
    };
    return reply.page('studio/boards/card-page', cardPage(request.language, facts, found, faults));
  }

  /** While there is a pause nothing moves and no star is given; whoever is paused is told why, beside the card. */
  function showPaused(request: FastifyRequest, reply: FastifyReply, { board, viewer, found }: FoundCard) {
    const message = request.language.say('boards', 'paused', { reason: pauseOf(viewer)?.reason ?? '' });
    const faults = [{ field: `said-${found.card.id}`, message }];
    return showing.show(request, reply.code(409), { board, viewer, kind: found.card.kind }, { faults, typed: {} });
  }

  /** Somebody else was faster: shows what they did, so that this person may decide again. */
  async function showMeanwhile(request: FastifyRequest, reply: FastifyReply, params: { board: string; card: string }) {
    const { board, viewer, contents, found } = await find(request, params);
    const event = { board, viewer, kind: found.card.kind };
    await showing.look({ ...event, contents });
    const place = contents.headings.get(found.card.versions.at(-1)!.headingId ?? '');
    const stands = place && headingText(request.language, { ...place, version: place.heading.versions.at(-1)! });
    const heading = apart(stands?.words ?? request.language.words.boards.unsorted);
    const message = request.language.say('boards', 'meanwhile', { heading });
    const faults = [{ field: `said-${found.card.id}`, message }];
    return showing.show(request, reply.code(409), event, { faults, typed: {} });
  }

  app.get(cardHref(':board', ':card'), { schema: { params: WithCard }, config: IN_FORUMS }, async (request, reply) =>
    show(request, reply, await find(request, request.params), []),
  );

  app.post(
    `${cardHref(':board', ':card')}/moves`,
    { schema: { params: WithCard, body: Move }, config: IN_FORUMS },
    async (request, reply) => {
      const card = await findOpen(request, request.params);
      if (pauseOf(card.viewer)) return showPaused(request, reply, card);
      const { heading, version } = request.body;
      const headingId = headingOf(card.contents, card.found.card.kind, heading);
      if (heading !== '' && headingId === null) {
        // A youth worker took the heading off after this person looked.
        const { board, viewer, contents, found } = card;
        const event = { board, viewer, kind: found.card.kind };
        await showing.look({ ...event, contents });
        const faults = [{ field: `said-${found.card.id}`, message: request.language.words.boards.headingGone }];
        return showing.show(request, reply.code(409), event, { faults, typed: {} });
      }
      const change = { headingId, by: card.viewer.accountId };
      const outcome = await cards.change(card.found.card.id, version, change, clock());
      if (outcome === 'changed-meanwhile') return showMeanwhile(request, reply, request.params);
      return reply.redirect(backTo(card), 303);
    },
  );

  app.post(
    `${cardHref(':board', ':card')}/links`,
    { schema: { params: WithCard, body: Link }, config: IN_FORUMS },
    async (request, reply) => {
      const card = await findOpen(request, request.params);
      if (pauseOf(card.viewer)) return showPaused(request, reply, card);
      const { linked, version } = request.body;
      const chosen = linkChoices(card.contents, card.found.card.kind, linked).find((choice) => choice.chosen);
      if (!chosen) {
        const faults = [{ field: 'linked', message: request.language.words.boards.linkedFault }];
        return show(request, reply.code(422), card, faults);
      }
      const change = { linkedId: chosen.value, by: card.viewer.accountId };
      const outcome = await cards.change(card.found.card.id, version, change, clock());
      if (outcome === 'changed-meanwhile') return showMeanwhile(request, reply, request.params);
      return reply.redirect(backTo(card), 303);
    },
  );

  app.post(
    `${cardHref(':board', ':card')}/stars`,
    { schema: { params: WithCard }, config: MEMBERS },
    async (request, reply) => {
      const found = await findOpen(request, request.params);
      if (pauseOf(found.viewer)) return showPaused(request, reply, found);
      const { viewer, contents } = found;
      const { card } = found.found;
      // Stars on cards that were taken out of sight are not lost to whoever gave them.
      const lost = contents.unread.filter(
        ({ kind, starredBy }) => kind === card.kind && starredBy.includes(viewer.accountId),
      );
      const outcome = await cards.star(card, viewer.accountId, STARS_EACH + lost.length, clock());
      if (outcome === 'starred') return reply.redirect(backTo(found), 303);
      const most = request.language.number(STARS_EACH);
      const faults = [{ field: `said-${card.id}`, message: request.language.say('boards', 'starsGone', { most }) }];
      const { board } = found;
      return showing.show(request, reply.code(422), { board, viewer, kind: card.kind }, { faults, typed: {} });
    },
  );

  app.post(
    `${cardHref(':board', ':card')}/star-removals`,
    { schema: { params: WithCard }, config: MEMBERS },
    async (request, reply) => {
      const found = await findOpen(request, request.params);
      if (pauseOf(found.viewer)) return showPaused(request, reply, found);
      await cards.unstar(found.found.card.id, found.viewer.accountId);
      return reply.redirect(backTo(found), 303);
    },
  );

  app.post(
    `${cardHref(':board', ':card')}/withdrawal`,
    { schema: { params: WithCard }, config: IN_FORUMS },
    async (request, reply) => {
      const { board, viewer, found } = await find(request, request.params);
      if (found.said.authorId !== viewer.accountId) throw new Fault('not-found');
      await cards.withdraw(found.card.id, clock());
      if (found.said.mayBePublic) await contributions.consent(found.card.id, false, clock());
      return reply.redirect(eventHref(board.id, found.card.kind), 303);
    },
  );
}
