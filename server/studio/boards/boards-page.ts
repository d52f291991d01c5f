import { EVENT_KINDS, eventState, eventToOpen, isBoardEnded } from '../../core/boards/events.ts';
import { PLAN_MATERIALS, PLAN_STEPS } from '../../core/boards/session-plan.ts';
import type { Board } from '../../storage/boards.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import type { InForum } from '../forum/forum-access.ts';
import { written, type Choice, type Written } from '../words.ts';
import { boardHref, BOARDS_HREF, eventHref, undertakingsHref } from './addresses.ts';
import type { ReadBoard } from './board-reading.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/boards/list': {
      title: string;
      faults: FieldFault[];
      /** Null for whoever is in no forum. */
      boards: BoardLink[] | null;
      /** Boards whose ideas this person may sign; null for whoever signs nothing. */
      ended: BoardLink[] | null;
      /** Forums that this person may make a board for. */
      forums: Choice[];
      action: string;
      typed: { title: string; about: string };
    };
    'studio/boards/board': {
      title: string;
      board: Written;
      about: Written;
      events: {
        id: string;
        words: string;
        intro: string;
        state: string;
        href: string;
        /** What a youth worker may do with it now; empty if nothing. */
        action: string;
        actionWords: string;
        kind: string;
      }[];
      planHref: string;
      signing: string;
    };
    'studio/boards/plan': {
      title: string;
      board: Written;
      backHref: string;
      materials: string[];
      sessions: { id: string; title: string; intro: string; steps: PlanStep[] }[];
    };
  }
}

interface BoardLink {
  href: string;
  title: Written;
  about: Written;
  state: string;
}

interface PlanStep {
  title: string;
  minutes: string;
  todo: string;
  say: string;
}

/** What was typed to make a board, and what is wrong with it. */
export interface BoardForm {
  faults: FieldFault[];
  typed: { title: string; about: string };
}

/** Whose boards there are: of the forums that somebody is in, and ended ones for who signs. */
export interface ListFacts {
  viewers: readonly InForum[];
  boards: readonly Board[];
  ended: readonly Board[] | null;
}

export function boardsPage(language: Language, facts: ListFacts, form: BoardForm): Views['studio/boards/list'] {
  const { viewers, boards, ended } = facts;
  const link = (board: Board, href: string): BoardLink => ({
    href,
    title: written(board.title, board.language),
    about: written(board.about, board.language),
    state: boardState(language, board),
  });
  return {
    title: language.words.boards.title,
    faults: form.faults,
    boards: viewers.length > 0 ? boards.map((board) => link(board, boardHref(board.id))) : null,
    ended: ended?.map((board) => link(board, undertakingsHref(board.id))) ?? null,
    forums: viewers
      .filter(({ isWorker, forum }) => isWorker && !forum.ending)
      .map(({ forum }, index) => ({ value: forum.id, words: forum.name, lang: '', chosen: index === 0 })),
    action: BOARDS_HREF,
    typed: form.typed,
  };
}

function boardState({ words: { boards } }: Language, { events }: Board): string {
  if (isBoardEnded(events)) return boards.boardEnded;
  const last = events.at(-1);
  return last ? boards[`event-${last.kind}`] : boards.boardNew;
}

export function boardPage(language: Language, { viewer, board }: ReadBoard): Views['studio/boards/board'] {
  const { boards } = language.words;
  const href = boardHref(board.id);
  const next = eventToOpen(board.events);
  return {
    title: board.title,
    board: written(board.title, board.language),
    about: written(board.about, board.language),
    events: EVENT_KINDS.map((kind) => {
      const state = eventState(board.events, kind);
      const isEnding = viewer.isWorker && state === 'open';
      const isOpening = viewer.isWorker && next === kind;
      const words = boards[`event-${kind}`];
      return {
        ...{ id: `event-${kind}`, words, kind, intro: boards[`intro-${kind}`], state: boards[`state-${state}`] },
        href: state === 'to-come' ? '' : eventHref(board.id, kind),
        action: isEnding ? `${href}/endings` : isOpening ? `${href}/openings` : '',
        actionWords: language.say('boards', isEnding ? 'endEvent' : 'openEvent', { event: words }),
      };
    }),
    planHref: viewer.isWorker ? `${href}/plan` : '',
    signing: isBoardEnded(board.events) ? boards.signingNow : '',
  };
}

/** A plan that a youth worker prints, for each session of a board. */
export function planPage(language: Language, { board }: ReadBoard): Views['studio/boards/plan'] {
  const { boards } = language.words;
  return {
    title: boards.planTitle,
    board: written(board.title, board.language),
    backHref: boardHref(board.id),
    materials: PLAN_MATERIALS.map((key) => boards[`material-${key}`]),
    sessions: EVENT_KINDS.map((kind, index) => ({
      id: `session-${kind}`,
      title: language.say('boards', 'planSession', {
        number: language.number(index + 1),
        event: boards[`event-${kind}`],
      }),
      intro: boards[`intro-${kind}`],
      steps: PLAN_STEPS.map(({ id, minutes }) => ({
        title: boards[`step-${id}`],
        minutes: language.say('boards', 'minutes', { count: minutes }),
        todo: boards[`todo-${id}`],
        say: boards[`say-${kind}-${id}`],
      })),
    })),
  };
}
