import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LONGEST_HEADING } from '../../core/boards/cards.ts';
import { EVENT_KINDS, eventState, type EventKind } from '../../core/boards/events.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createBoardCards } from '../../storage/board-cards.ts';
import type { App, Services } from '../../web/services.ts';
import { PastedWords } from '../../web/pasted.ts';
import { contributionFault } from '../forum/contribute.ts';
import { eventHref, headingHref } from './addresses.ts';
import type { BoardReading } from './board-reading.ts';
import type { EventShowing } from './event-showing.ts';

const WORKERS = { access: ['youth-worker'] } as const;
const closed = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 60 });
const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const WithHeading = Type.Object({ board: Id, kind: Type.Enum(EVENT_KINDS), heading: Id });
const Name = Type.Object({ words: PastedWords, version: Version }, closed);
const Removal = Type.Object({ version: Version }, closed);

/** What a youth worker changes of headings. Others see it when they look, as every change of a board (decision 0080). */
export function headingRoutes(app: App, services: Services, reading: BoardReading, showing: EventShowing): void {
  const { database, clock } = services;
  const cards = createBoardCards(database);
  const audit = createAudit(database);

  /** @throws Fault 'not-found' for what is no heading of the event; 'already-done' once the event has ended */
  async function find(request: FastifyRequest, params: { board: string; kind: EventKind; heading: string }) {
    const read = await reading.findAsWorker(request, params.board);
    const contents = await reading.contents(read);
    const found = contents.headings.get(params.heading);
    if (found?.heading.kind !== params.kind) throw new Fault('not-found');
    if (eventState(read.board.events, params.kind) !== 'open') throw new Fault('already-done');
    return { ...read, contents, kind: params.kind, found };
  }

  type Found = Awaited<ReturnType<typeof find>>;

  /** The event with what kept the heading as it was; as it is now, where somebody else was faster. */
  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    { board, viewer, contents, kind, found }: Found,
    { message, isLate }: { message: string; isLate: boolean },
  ) {
    const event = { board, viewer, kind };
    if (isLate) await showing.look({ ...event, contents });
    const faults = [{ field: `heading-${found.heading.id}`, message }];
    return showing.show(request, reply.code(isLate ? 409 : 422), event, { faults, typed: {} });
  }

  app.post(
    `${headingHref(':board', ':kind', ':heading')}/names`,
    { schema: { params: WithHeading, body: Name }, config: WORKERS },
    async (request, reply) => {
      const heading = await find(request, request.params);
      const { language, body } = request;
      const fault = contributionFault(body.words, LONGEST_HEADING);
      if (fault) {
        const message = language.say('boards', `heading-${fault}`, { most: language.number(LONGEST_HEADING) });
        return refuse(request, reply, heading, { message, isLate: false });
      }
      const { id } = heading.found.heading;
      const renamed = { words: tidy(body.words), language: language.code };
      const change = { by: heading.viewer.accountId, renamed };
      if ((await cards.changeHeading(id, body.version, change, clock())) !== 'changed')
        return refuse(request, reply, heading, { message: language.words.boards.headingMeanwhile, isLate: true });
      const { accountId } = heading.viewer;
      await audit.write({ at: clock(), accountId, action: 'board-heading-renamed', subject: id });
      return reply.redirect(`${eventHref(heading.board.id, heading.kind)}#heading-${id}`, 303);
    },
  );

  app.post(
    `${headingHref(':board', ':kind', ':heading')}/removal`,
    { schema: { params: WithHeading, body: Removal }, config: WORKERS },
    async (request, reply) => {
      const heading = await find(request, request.params);
      const { boards } = request.language.words;
      const { id } = heading.found.heading;
      const { accountId } = heading.viewer;
      const change = { by: accountId, renamed: null };
      const outcome = await cards.changeHeading(id, request.body.version, change, clock());
      if (outcome === 'not-empty')
        return refuse(request, reply, heading, { message: boards.headingNotEmpty, isLate: false });
      if (outcome === 'changed-meanwhile')
        return refuse(request, reply, heading, { message: boards.headingMeanwhile, isLate: true });
      await audit.write({ at: clock(), accountId, action: 'board-heading-removed', subject: id });
      return reply.redirect(`${eventHref(heading.board.id, heading.kind)}#cards`, 303);
    },
  );
}
