import type { EventKind } from '../core/boards/events.ts';
import type { Looked } from '../core/boards/looking.ts';
import type { Database } from './database.ts';

/** Whose look at which event. */
export interface LookPlace {
  boardId: string;
  kind: EventKind;
  accountId: string;
}

export interface BoardLooks {
  /** What somebody saw of an event; undefined if they never looked. */
  find(place: LookPlace): Promise<Looked | undefined>;
  /** Keeps that somebody looks now. @param pieces what they see, with the version of each; what they saw so before stays */
  add(place: LookPlace, pieces: readonly { id: string; version: number }[], at: string): Promise<void>;
}

export function createBoardLooks({ query }: Pick<Database, 'query'>): BoardLooks {
  return {
    async find({ boardId, kind, accountId }) {
      const row = await query
        .selectFrom('board_looks')
        .select('look')
        .where('board_id', '=', boardId)
        .where('kind', '=', kind)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (!row) return undefined;
      const sights = await query
        .selectFrom('board_sights')
        .leftJoin('board_cards', 'board_cards.contribution_id', 'piece_id')
        .leftJoin('board_headings', 'board_headings.contribution_id', 'piece_id')
        .select(['piece_id as id', 'version', 'look'])
        .where('account_id', '=', accountId)
        .where(({ eb, fn }) =>
          eb(fn.coalesce('board_cards.board_id', 'board_headings.board_id'), '=', boardId).and(
            eb(fn.coalesce('board_cards.kind', 'board_headings.kind'), '=', kind),
          ),
        )
        .execute();
      return { look: row.look, sights: new Map(sights.map(({ id, version, look }) => [id, { version, look }])) };
    },
    add: ({ boardId, kind, accountId }, pieces, at) =>
      query.transaction().execute(async (trx) => {
        const { look } = await trx
          .insertInto('board_looks')
          .values({ board_id: boardId, kind, account_id: accountId, look: 1, looked_at: at })
          .onConflict((conflict) =>
            conflict
              .columns(['board_id', 'kind', 'account_id'])
              .doUpdateSet(({ eb }) => ({ look: eb('board_looks.look', '+', 1), looked_at: at })),
          )
          .returning('look')
          .executeTakeFirstOrThrow();
        for (const { id, version } of pieces) {
          await trx
            .insertInto('board_sights')
            .values({ piece_id: id, account_id: accountId, version, look })
            .onConflict((conflict) =>
              conflict
                .columns(['piece_id', 'account_id'])
                .doUpdateSet({ version, look })
                .where('board_sights.version', '<', version),
            )
            .execute();
        }
      }),
  };
}
