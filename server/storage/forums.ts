import type { OpeningHours, Weekday } from '../core/forum/opening-hours.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** A youth worker as a forum's members know them. */
export interface ForumWorker {
  accountId: string;
  shownAs: string;
  onCall: boolean;
}

/** A forum or one of its members that is paused. */
export interface ForumPause {
  id: string;
  /** Null where the whole forum is paused. */
  accountId: string | null;
  reason: string;
  pausedAt: string;
}

/** Young people of one place who design questions together. */
export interface Forum {
  id: string;
  authorityId: string;
  name: string;
  /** The one on call first. */
  workers: ForumWorker[];
  /** Monday first; none while nobody has said when it is open. */
  hours: OpeningHours[];
  /** Those that have not ended. */
  pauses: ForumPause[];
  /** Null while it goes on; `deletedAt` is when its members' words and names went. */
  ending: { endedAt: string; deletedAt: string | null } | null;
}

export interface Forums {
  /** @param workers at least one; the first is on call */
  make(
    forum: {
      authorityId: string;
      name: string;
      workers: readonly Omit<ForumWorker, 'onCall'>[];
      madeBy: string | null;
    },
    at: string,
  ): Promise<{ id: string } | 'name-taken'>;
  find(id: string): Promise<Forum | undefined>;
  /** Forums of an authority, by name. */
  list(authorityId: string): Promise<Forum[]>;
  setHours(forumId: string, hours: readonly OpeningHours[]): Promise<void>;
  /** @param accountId one of its workers */
  setOnCall(forumId: string, accountId: string): Promise<void>;
  /** Pauses a forum, or a member of it. @returns 'done-already' if that is paused */
  pause(
    forumId: string,
    pause: { accountId: string | null; reason: string; pausedBy: string },
    at: string,
  ): Promise<'paused' | 'done-already'>;
  /** @returns false if it had ended */
  endPause(forumId: string, pauseId: string, endedBy: string, at: string): Promise<boolean>;
}

export function createForums({ query }: Pick<Database, 'query'>): Forums {
  const rows = query.selectFrom('forums').select(['id', 'authority_id as authorityId', 'name']).orderBy('name');

  async function complete(forum: { id: string; authorityId: string; name: string }): Promise<Forum> {
    const workers = await query
      .selectFrom('forum_workers')
      .select(['account_id as accountId', 'shown_as as shownAs', 'on_call as onCall'])
      .where('forum_id', '=', forum.id)
      .orderBy('on_call', 'desc')
      .orderBy('shown_as')
      .execute();
    const hours = await query
      .selectFrom('forum_hours')
      .select(['weekday', 'opens_at as opensAt', 'closes_at as closesAt'])
      .where('forum_id', '=', forum.id)
      .orderBy('weekday')
      .execute();
    const pauses = await query
      .selectFrom('forum_pauses')
      .select(['id', 'account_id as accountId', 'reason', 'paused_at as pausedAt'])
      .where('forum_id', '=', forum.id)
      .where('ended_at', 'is', null)
      .orderBy('paused_at')
      .execute();
    const ending = await query
      .selectFrom('forum_endings')
      .select(['ended_at as endedAt', 'deleted_at as deletedAt'])
      .where('forum_id', '=', forum.id)
      .executeTakeFirst();
    return {
      ...forum,
      ending: ending ?? null,
      workers: workers.map((worker) => ({ ...worker, onCall: worker.onCall === 1 })),
      hours: hours.map((day) => ({ ...day, weekday: day.weekday as Weekday })),
      pauses,
    };
  }

  return {
    async make({ authorityId, name, workers, madeBy }, at) {
      const id = newId();
      try {
        await query.transaction().execute(async (trx) => {
          const row = { id, authority_id: authorityId, name, made_at: at, made_by: madeBy };
          await trx.insertInto('forums').values(row).execute();
          const rowsOfWorkers = workers.map(({ accountId, shownAs }, place) => ({
            forum_id: id,
            account_id: accountId,
            shown_as: shownAs,
            on_call: place === 0 ? (1 as const) : (0 as const),
          }));
          await trx.insertInto('forum_workers').values(rowsOfWorkers).execute();
        });
      } catch (error) {
        if (isDuplicate(error)) return 'name-taken';
        throw error;
      }
      return { id };
    },
    async find(id) {
      const row = await rows.where('id', '=', id).executeTakeFirst();
      return row && complete(row);
    },
    async list(authorityId) {
      const found = await rows.where('authority_id', '=', authorityId).execute();
      return Promise.all(found.map(complete));
    },
    setHours: (forumId, hours) =>
      query.transaction().execute(async (trx) => {
        await trx.deleteFrom('forum_hours').where('forum_id', '=', forumId).execute();
        const days = hours.map(({ weekday, opensAt, closesAt }) => ({
          forum_id: forumId,
          weekday,
          opens_at: opensAt,
          closes_at: closesAt,
        }));
        if (days.length > 0) await trx.insertInto('forum_hours').values(days).execute();
      }),
    setOnCall: (forumId, accountId) =>
      query.transaction().execute(async (trx) => {
        const ofForum = trx.updateTable('forum_workers').where('forum_id', '=', forumId);
        await ofForum.set({ on_call: 0 }).execute();
        await ofForum.set({ on_call: 1 }).where('account_id', '=', accountId).execute();
      }),
    pause: (forumId, { accountId, reason, pausedBy }, at) =>
      query.transaction().execute(async (trx) => {
        const there = await trx
          .selectFrom('forum_pauses')
          .select('id')
          .where('forum_id', '=', forumId)
          .where('account_id', accountId === null ? 'is' : '=', accountId)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        if (there) return 'done-already';
        const row = {
          id: newId(),
          forum_id: forumId,
          account_id: accountId,
          reason,
          paused_at: at,
          paused_by: pausedBy,
        };
        await trx
          .insertInto('forum_pauses')
          .values({ ...row, ended_at: null, ended_by: null })
          .execute();
        return 'paused';
      }),
    async endPause(forumId, pauseId, endedBy, at) {
      const { numUpdatedRows } = await query
        .updateTable('forum_pauses')
        .set({ ended_at: at, ended_by: endedBy })
        .where('id', '=', pauseId)
        .where('forum_id', '=', forumId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
