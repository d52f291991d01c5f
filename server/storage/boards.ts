import type { BoardEvent, EventKind } from '../core/boards/events.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What a forum works on together, in three events. */
export interface Board {
  id: string;
  forumId: string;
  title: string;
  about: string;
  language: string;
  madeAt: string;
  /** Those that were opened. */
  events: BoardEvent[];
}

export interface NewBoard {
  forumId: string;
  title: string;
  about: string;
  language: string;
  madeBy: string;
}

export interface Boards {
  make(board: NewBoard, at: string): Promise<{ id: string }>;
  find(id: string): Promise<Board | undefined>;
  /** Boards of forums, the newest first. */
  ofForums(forumIds: readonly string[]): Promise<Board[]>;
  /** @returns 'done-already' if it was opened before */
  openEvent(boardId: string, kind: EventKind, by: string, at: string): Promise<'opened' | 'done-already'>;
  /** @returns false if it is not open */
  endEvent(boardId: string, kind: EventKind, by: string, at: string): Promise<boolean>;
}

export function createBoards({ query }: Pick<Database, 'query'>): Boards {
  const rows = query
    .selectFrom('boards')
    .select(['id', 'forum_id as forumId', 'title', 'about', 'language', 'made_at as madeAt'])
    .orderBy('made_at', 'desc')
    .orderBy('title');

  async function complete(boards: readonly Omit<Board, 'events'>[]): Promise<Board[]> {
    if (boards.length === 0) return [];
    const ids = boards.map(({ id }) => id);
    const events = await query
      .selectFrom('board_events')
      .select(['board_id as boardId', 'kind', 'opened_at as openedAt', 'ended_at as endedAt'])
      .where('board_id', 'in', ids)
      .orderBy('opened_at')
      .execute();
    return boards.map((board) => ({
      ...board,
      events: events
        .filter(({ boardId }) => boardId === board.id)
        .map(({ kind, openedAt, endedAt }) => ({ kind: kind as EventKind, openedAt, endedAt })),
    }));
  }

  return {
    async make({ forumId, title, about, language, madeBy }, at) {
      const id = newId();
      const row = { id, forum_id: forumId, title, about, language, made_at: at, made_by: madeBy };
      await query.insertInto('boards').values(row).execute();
      return { id };
    },
    find: async (id) => (await complete(await rows.where('id', '=', id).execute()))[0],
    async ofForums(forumIds) {
      if (forumIds.length === 0) return [];
      return complete(await rows.where('forum_id', 'in', [...forumIds]).execute());
    },
    async openEvent(boardId, kind, by, at) {
      const row = { board_id: boardId, kind, opened_at: at, opened_by: by, ended_at: null, ended_by: null };
      try {
        await query.insertInto('board_events').values(row).execute();
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
      return 'opened';
    },
    async endEvent(boardId, kind, by, at) {
      const { numUpdatedRows } = await query
        .updateTable('board_events')
        .set({ ended_at: at, ended_by: by })
        .where('board_id', '=', boardId)
        .where('kind', '=', kind)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
