import type { Kysely, Transaction } from 'kysely';
import type { EventKind } from '../core/boards/events.ts';
import type { Piece, PieceVersion } from '../core/boards/looking.ts';
import { insertContribution, type NewContribution } from './contributions.ts';
import { isDuplicate, type Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Where a card stands. */
export interface CardPlace {
  /** Null while it is not sorted. */
  headingId: string | null;
  /** A card of an earlier event; null if it is linked to none. */
  linkedId: string | null;
}

export interface CardVersion extends PieceVersion, CardPlace {}

/** A card that was not withdrawn; its id is that of the contribution with its words. */
export interface BoardCard extends Piece<CardVersion> {
  boardId: string;
  kind: EventKind;
  /** Whether a youth worker typed it in for people in the room. */
  fromRoom: boolean;
  /** Accounts of those who gave it a star. */
  starredBy: string[];
}

/** A heading after a change. */
export interface HeadingVersion extends PieceVersion {
  /** Null for what was written first: those words are the contribution's. */
  renamed: { words: string; language: string } | null;
  isRemoved: boolean;
}

/** A heading; its id is that of the contribution with its words. */
export interface BoardHeading extends Piece<HeadingVersion> {
  boardId: string;
  kind: EventKind;
}

/** Which event of which board something is added to. */
export interface BoardPlace {
  boardId: string;
  kind: EventKind;
}

export interface BoardCards {
  /** Adds cards that stand in one place, all or none. @returns their ids */
  add(
    place: BoardPlace & CardPlace & { fromRoom: boolean },
    cards: readonly NewContribution[],
    at: string,
  ): Promise<string[]>;
  addHeading(place: BoardPlace, heading: NewContribution, at: string): Promise<string>;
  /**
   * Gives a heading other words, or takes an empty one off the board.
   * @param from the version that was seen; @param change without other words it is taken off
   * @returns 'changed-meanwhile' if somebody else changed it since, 'not-empty' if cards stand under one to be removed
   */
  changeHeading(
    id: string,
    from: number,
    change: { by: string; renamed: { words: string; language: string } | null },
    at: string,
  ): Promise<'changed' | 'changed-meanwhile' | 'not-empty'>;
  find(id: string): Promise<BoardCard | undefined>;
  /** Cards of a board that were not withdrawn. */
  ofBoard(boardId: string): Promise<BoardCard[]>;
  headings(boardId: string): Promise<BoardHeading[]>;
  /**
   * Puts a card elsewhere or links it to another.
   * @param from the version that was seen
   * @returns 'changed-meanwhile' if somebody else changed the card since
   */
  change(
    id: string,
    from: number,
    change: Partial<CardPlace> & { by: string },
    at: string,
  ): Promise<'changed' | 'changed-meanwhile'>;
  /** Takes a card off the board, and gives its stars back. */
  withdraw(id: string, at: string): Promise<void>;
  /** Gives a star to a card, once. @param most stars that one account has for the cards of an event */
  star(card: BoardCard, accountId: string, most: number, at: string): Promise<'starred' | 'none-left'>;
  unstar(id: string, accountId: string): Promise<void>;
}

export function createBoardCards({ query }: Pick<Database, 'query'>): BoardCards {
  const rows = query
    .selectFrom('board_cards')
    .select(['contribution_id as id', 'board_id as boardId', 'kind', 'from_room as fromRoom'])
    .where('withdrawn_at', 'is', null);

  async function complete(found: Awaited<ReturnType<typeof rows.execute>>): Promise<BoardCard[]> {
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    const versions = await query
      .selectFrom('board_card_versions')
      .select(['card_id', 'version', 'heading_id as headingId', 'linked_id as linkedId', 'changed_by as changedBy'])
      .where('card_id', 'in', ids)
      .orderBy('version')
      .execute();
    const stars = await query
      .selectFrom('board_stars')
      .select(['card_id', 'account_id'])
      .where('card_id', 'in', ids)
      .execute();
    const versionsOf = Map.groupBy(versions, ({ card_id: id }) => id);
    const starsOf = Map.groupBy(stars, ({ card_id: id }) => id);
    return found.map(({ id, boardId, kind, fromRoom }) => ({
      id,
      boardId,
      kind: kind as EventKind,
      fromRoom: fromRoom === 1,
      versions: (versionsOf.get(id) ?? []).map(({ version, headingId, linkedId, changedBy }) => ({
        ...{ version, headingId, linkedId, changedBy },
      })),
      starredBy: (starsOf.get(id) ?? []).map(({ account_id: accountId }) => accountId),
    }));
  }

  return {
    add: (place, cards, at) =>
      query.transaction().execute(async (trx) => {
        const ids: string[] = [];
        for (const card of cards) ids.push(await addCard(trx, place, card, at));
        return ids;
      }),
    addHeading: ({ boardId, kind }, heading, at) =>
      query.transaction().execute(async (trx) => {
        const id = await insertContribution(trx, heading, at);
        await trx.insertInto('board_headings').values({ contribution_id: id, board_id: boardId, kind }).execute();
        return id;
      }),
    find: async (id) => (await complete(await rows.where('contribution_id', '=', id).execute()))[0],
    ofBoard: async (boardId) => complete(await rows.where('board_id', '=', boardId).execute()),
    async headings(boardId) {
      const found = await query
        .selectFrom('board_headings')
        .innerJoin('contributions', 'contributions.id', 'contribution_id')
        .select(['contribution_id as id', 'board_id as boardId', 'kind', 'account_id as changedBy'])
        .where('board_id', '=', boardId)
        .orderBy('written_at')
        .orderBy('contribution_id')
        .execute();
      const changes = await headingChanges(
        query,
        found.map(({ id }) => id),
      );
      return found.map(({ id, kind, changedBy }) => ({
        ...{ id, boardId, kind: kind as EventKind },
        versions: [{ version: 1, changedBy, renamed: null, isRemoved: false }, ...(changes.get(id) ?? [])],
      }));
    },
    async changeHeading(id, from, change, at) {
      try {
        return await query.transaction().execute((trx) => changeHeading(trx, id, from, change, at));
      } catch (error) {
        if (isDuplicate(error)) return 'changed-meanwhile';
        throw error;
      }
    },
    async change(id, from, { by, ...change }, at) {
      try {
        return await query.transaction().execute((trx) => changeCard(trx, id, from, { by, ...change }, at));
      } catch (error) {
        if (isDuplicate(error)) return 'changed-meanwhile';
        throw error;
      }
    },
    withdraw: (id, at) =>
      query.transaction().execute(async (trx) => {
        await trx.updateTable('board_cards').set({ withdrawn_at: at }).where('contribution_id', '=', id).execute();
        await trx.deleteFrom('board_stars').where('card_id', '=', id).execute();
      }),
    star: ({ id, boardId, kind }, accountId, most, at) =>
      query.transaction().execute(async (trx) => {
        const { given } = await trx
          .selectFrom('board_stars')
          .innerJoin('board_cards', 'contribution_id', 'card_id')
          .select(({ fn }) => fn.countAll().as('given'))
          .where('board_id', '=', boardId)
          .where('kind', '=', kind)
          .where('account_id', '=', accountId)
          .where('card_id', '!=', id)
          .executeTakeFirstOrThrow();
        if (Number(given) >= most) return 'none-left';
        const row = { card_id: id, account_id: accountId, starred_at: at };
        await trx
          .insertInto('board_stars')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return 'starred';
      }),
    async unstar(id, accountId) {
      await query.deleteFrom('board_stars').where('card_id', '=', id).where('account_id', '=', accountId).execute();
    },
  };
}

async function addCard(
  trx: Transaction<Tables>,
  { boardId, kind, fromRoom, headingId, linkedId }: BoardPlace & CardPlace & { fromRoom: boolean },
  card: NewContribution,
  at: string,
): Promise<string> {
  const id = await insertContribution(trx, card, at);
  const row = { contribution_id: id, board_id: boardId, kind, withdrawn_at: null };
  await trx
    .insertInto('board_cards')
    .values({ ...row, from_room: fromRoom ? 1 : 0 })
    .execute();
  const place = { card_id: id, version: 1, heading_id: headingId, linked_id: linkedId };
  await trx
    .insertInto('board_card_versions')
    .values({ ...place, changed_by: card.accountId, changed_at: at })
    .execute();
  return id;
}

async function changeCard(
  trx: Transaction<Tables>,
  id: string,
  from: number,
  { by, ...change }: Partial<CardPlace> & { by: string },
  at: string,
): Promise<'changed' | 'changed-meanwhile'> {
  const { version, headingId, linkedId } = await trx
    .selectFrom('board_card_versions')
    .select(['version', 'heading_id as headingId', 'linked_id as linkedId'])
    .where('card_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  if (version !== from) return 'changed-meanwhile';
  const place = { headingId, linkedId, ...change };
  const row = { card_id: id, version: version + 1, heading_id: place.headingId, linked_id: place.linkedId };
  await trx
    .insertInto('board_card_versions')
    .values({ ...row, changed_by: by, changed_at: at })
    .execute();
  return 'changed';
}

/** What youth workers changed of headings, by heading, in order. */
async function headingChanges(query: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, HeadingVersion[]>> {
  if (ids.length === 0) return new Map();
  const rows = await query
    .selectFrom('board_heading_versions')
    .select(['heading_id', 'version', 'words', 'language', 'removed', 'changed_by'])
    .where('heading_id', 'in', [...ids])
    .orderBy('version')
    .execute();
  const byHeading = Map.groupBy(rows, ({ heading_id: id }) => id);
  return new Map(
    [...byHeading].map(([id, own]) => [
      id,
      own.map(({ version, words, language, removed, changed_by: changedBy }) => ({
        ...{ version, changedBy },
        renamed: words === '' ? null : { words, language },
        isRemoved: removed === 1,
      })),
    ]),
  );
}

async function changeHeading(
  trx: Transaction<Tables>,
  id: string,
  from: number,
  { by, renamed }: { by: string; renamed: { words: string; language: string } | null },
  at: string,
): Promise<'changed' | 'changed-meanwhile' | 'not-empty'> {
  const last = (await headingChanges(trx, [id])).get(id)?.at(-1);
  if ((last?.version ?? 1) !== from || last?.isRemoved) return 'changed-meanwhile';
  if (renamed === null && (await hasCards(trx, id))) return 'not-empty';
  // What is taken off keeps its words, for whoever has not looked since.
  const { words, language } = renamed ?? last?.renamed ?? { words: '', language: '' };
  const row = { heading_id: id, version: from + 1, words, language, changed_by: by, changed_at: at };
  await trx
    .insertInto('board_heading_versions')
    .values({ ...row, removed: renamed === null ? 1 : 0 })
    .execute();
  return 'changed';
}

/** Whether a card that was not taken back stands under a heading now, whoever may read it. */
async function hasCards(trx: Transaction<Tables>, headingId: string): Promise<boolean> {
  const latest = trx
    .selectFrom('board_card_versions')
    .select(({ fn }) => ['card_id as id', fn.max('version').as('version')])
    .groupBy('card_id')
    .as('latest');
  const card = await trx
    .selectFrom('board_card_versions as place')
    .innerJoin(latest, (join) =>
      join.onRef('latest.id', '=', 'place.card_id').onRef('latest.version', '=', 'place.version'),
    )
    .innerJoin('board_cards', 'board_cards.contribution_id', 'place.card_id')
    .select('place.card_id')
    .where('place.heading_id', '=', headingId)
    .where('board_cards.withdrawn_at', 'is', null)
    .executeTakeFirst();
  return card !== undefined;
}
