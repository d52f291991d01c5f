import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { EVENT_KINDS, eventState, eventToOpen, isBoardEnded } from '../../core/boards/events.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit, type AuditAction } from '../../storage/audit.ts';
import { createBoards } from '../../storage/boards.ts';
import { createForums } from '../../storage/forums.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { boardHref, BOARDS_HREF, eventHref } from './addresses.ts';
import type { BoardReading } from './board-reading.ts';
import { boardPage, boardsPage, planPage, type BoardForm } from './boards-page.ts';
import { IN_FORUMS } from '../access.ts';

const ALL = { access: ['forum-member', 'youth-worker', 'planner', 'approver'] } as const;
const WORKERS = { access: ['youth-worker'] } as const;
const closed = { additionalProperties: false } as const;
const Id = Type.String({ maxLength: 60 });
const WithBoard = Type.Object({ board: Id });
const NewBoard = Type.Object({ forum: Id, title: PastedWords, about: PastedWords }, closed);
const OfEvent = Type.Object({ kind: Type.Enum(EVENT_KINDS) }, closed);
const LONGEST_TITLE = 80;
const LONGEST_ABOUT = 300;

/** Boards of forums: making one, and opening and ending its events. */
export function boardsRoutes(app: App, services: Services, access: ForumAccess, reading: BoardReading): void {
  const { database, clock } = services;
  const boards = createBoards(database);
  const forums = createForums(database);
  const audit = createAudit(database);

  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  async function show(request: FastifyRequest, reply: FastifyReply, form: BoardForm): Promise<FastifyReply> {
    const { roles, authorityId } = person(request);
    const viewers = await access.ofPerson(request);
    const own = await boards.ofForums(viewers.map(({ forum }) => forum.id));
    const signs = roles.includes('planner') || roles.includes('approver');
    const all = signs ? (await forums.list(authorityId)).map(({ id }) => id) : [];
    const ended = signs ? (await boards.ofForums(all)).filter(({ events }) => isBoardEnded(events)) : null;
    return reply.page('studio/boards/list', boardsPage(request.language, { viewers, boards: own, ended }, form));
  }

  app.get(BOARDS_HREF, { config: ALL }, (request, reply) =>
    show(request, reply, { faults: [], typed: { title: '', about: '' } }),
  );

  app.post(BOARDS_HREF, { schema: { body: NewBoard }, config: WORKERS }, async (request, reply) => {
    const { body, language } = request;
    const { forum, accountId } = await access.asWorker(request, body.forum);
    const [title, about] = [tidy(body.title), tidy(body.about)];
    const faults = boardFaults(language, { title, about });
    if (faults.length > 0) return show(request, reply.code(422), { faults, typed: body });
    const board = { forumId: forum.id, title, about, language: language.code, madeBy: accountId };
    const { id } = await boards.make(board, clock());
    await note(request, 'board-made', id);
    return reply.redirect(boardHref(id), 303);
  });

  app.get(boardHref(':board'), { schema: { params: WithBoard }, config: IN_FORUMS }, async (request, reply) => {
    const read = await reading.find(request, request.params.board);
    return reply.page('studio/boards/board', boardPage(request.language, read));
  });

  app.get(`${boardHref(':board')}/plan`, { schema: { params: WithBoard }, config: WORKERS }, async (request, reply) => {
    const read = await reading.findAsWorker(request, request.params.board);
    return reply.page('studio/boards/plan', planPage(request.language, read));
  });

  app.post(
    `${boardHref(':board')}/openings`,
    { schema: { params: WithBoard, body: OfEvent }, config: WORKERS },
    async (request, reply) => {
      const { board, viewer } = await reading.findAsWorker(request, request.params.board);
      const { kind } = request.body;
      if (eventToOpen(board.events) !== kind) throw new Fault('already-done');
      const outcome = await boards.openEvent(board.id, kind, viewer.accountId, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      await note(request, 'board-event-opened', `${board.id} ${kind}`);
      return reply.redirect(eventHref(board.id, kind), 303);
    },
  );

  app.post(
    `${boardHref(':board')}/endings`,
    { schema: { params: WithBoard, body: OfEvent }, config: WORKERS },
    async (request, reply) => {
      const { board, viewer } = await reading.findAsWorker(request, request.params.board);
      const { kind } = request.body;
      if (eventState(board.events, kind) !== 'open') throw new Fault('already-done');
      if (!(await boards.endEvent(board.id, kind, viewer.accountId, clock()))) throw new Fault('already-done');
      await note(request, 'board-event-ended', `${board.id} ${kind}`);
      return reply.redirect(boardHref(board.id), 303);
    },
  );
}

function boardFaults(
  { words: { boards } }: Language,
  { title, about }: { title: string; about: string },
): FieldFault[] {
  const fits = (words: string, longest: number) => words !== '' && [...words].length <= longest;
  return [
    ...(fits(title, LONGEST_TITLE) ? [] : [{ field: 'title', message: boards.titleFault }]),
    ...(fits(about, LONGEST_ABOUT) ? [] : [{ field: 'about', message: boards.aboutFault }]),
  ];
}
