import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isBoardEnded } from '../../core/boards/events.ts';
import { dayFault } from '../../core/boards/undertakings.ts';
import { schoolDate } from '../../core/fieldwork/school-days.ts';
import { sightOf } from '../../core/forum/sight.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createBoardCards } from '../../storage/board-cards.ts';
import { createBoards, type Board } from '../../storage/boards.ts';
import { createBoardUndertakings } from '../../storage/board-undertakings.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createForums } from '../../storage/forums.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { PastedWords } from '../../web/pasted.ts';
import { cardHref, undertakingsHref } from './addresses.ts';
import { undertakingsPage, type SigningFacts, type SigningForm, type SigningWords } from './undertakings-page.ts';

const SIGNING = { access: ['planner', 'approver'] } as const;
const Id = Type.String({ maxLength: 60 });
const WithBoard = Type.Object({ board: Id });
const WithCard = Type.Object({ board: Id, card: Id });
const Signing = Type.Object(
  { as: PastedWords, words: PastedWords, due: Type.String({ maxLength: 40 }) },
  { additionalProperties: false },
);
const LONGEST_ROLE = 60;
const LONGEST_WORDS = 500;

/** Adults of the council sign which ideas of an ended board they take on. */
export function undertakingsRoutes(app: App, { database, clock }: Services): void {
  const boards = createBoards(database);
  const forums = createForums(database);
  const cards = createBoardCards(database);
  const contributions = createContributions(database);
  const undertakings = createBoardUndertakings(database);
  const audit = createAudit(database);

  /** @throws Fault 'not-found' unless it is an ended board of the person's authority */
  async function findEnded(request: FastifyRequest, id: string): Promise<Board> {
    const board = await boards.find(id);
    const forum = board && (await forums.find(board.forumId));
    if (!board || forum?.authorityId !== person(request).authorityId) throw new Fault('not-found');
    if (!isBoardEnded(board.events)) throw new Fault('not-found', 'Its ideas are not finished.');
    return board;
  }

  /** Ideas that their authors agreed to being said outside the forum. */
  async function ideasOf(board: Board): Promise<SigningFacts['ideas']> {
    const ideas = new Map((await cards.ofBoard(board.id)).map((card) => [card.id, card]));
    const said = await contributions.many([...ideas.keys()]);
    return said
      .filter((one) => one.mayBePublic && sightOf(one, clock()) === 'shown')
      .map((one) => ({ card: ideas.get(one.id)!, said: one }))
      .filter(({ card }) => card.kind === 'ideas')
      .toSorted((one, other) => other.card.starredBy.length - one.card.starredBy.length);
  }

  async function show(request: FastifyRequest, reply: FastifyReply, board: Board, form: SigningForm | null) {
    const facts = {
      board,
      accountId: person(request).accountId,
      ideas: await ideasOf(board),
      undertakings: await undertakings.ofBoard(board.id),
      today: schoolDate(clock()),
    };
    return reply.page('studio/boards/undertakings', undertakingsPage(request.language, facts, form));
  }

  app.get(undertakingsHref(':board'), { schema: { params: WithBoard }, config: SIGNING }, async (request, reply) =>
    show(request, reply, await findEnded(request, request.params.board), null),
  );

  app.post(
    `${cardHref(':board', ':card')}/undertakings`,
    { schema: { params: WithCard, body: Signing }, config: SIGNING },
    async (request, reply) => {
      const { body, language } = request;
      const board = await findEnded(request, request.params.board);
      const cardId = request.params.card;
      if (!(await ideasOf(board)).some(({ card }) => card.id === cardId)) throw new Fault('not-found');
      const faults = signingFaults(language, cardId, body, schoolDate(clock()));
      if (faults.length > 0) return show(request, reply.code(422), board, { cardId, faults, typed: body });
      const { accountId } = person(request);
      const signed = { signedAs: tidy(body.as), words: tidy(body.words), dueOn: body.due, language: language.code };
      const outcome = await undertakings.sign({ cardId, accountId, ...signed }, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'board-idea-signed', subject: cardId });
      return reply.redirect(`${undertakingsHref(board.id)}#idea-${cardId}`, 303);
    },
  );
}

function signingFaults(
  { words: { boards } }: Language,
  cardId: string,
  typed: SigningWords,
  today: string,
): FieldFault[] {
  const fits = (words: string, longest: number) => tidy(words) !== '' && [...tidy(words)].length <= longest;
  const day = dayFault(typed.due, today);
  return [
    ...(fits(typed.as, LONGEST_ROLE) ? [] : [{ field: `as-${cardId}`, message: boards.asFault }]),
    ...(fits(typed.words, LONGEST_WORDS) ? [] : [{ field: `words-${cardId}`, message: boards.signWordsFault }]),
    ...(day ? [{ field: `due-${cardId}`, message: boards[`due-${day}`] }] : []),
  ];
}
