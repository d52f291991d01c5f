import type { Transaction } from 'kysely';
import type { ContributionState } from '../core/forum/sight.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import type { Tables } from './tables.ts';

/** Words of a member, wherever in the studio they stand. */
export interface Contribution extends ContributionState {
  id: string;
  forumId: string;
  authorId: string;
  /** The author as the forum knows them: a member's made-up name, or what a youth worker is shown as. */
  author: string;
  picture: string;
  words: string;
  language: string;
  writtenAt: string;
  /** Whether the author agrees to its being said outside the forum. */
  mayBePublic: boolean;
  /** What others asked a youth worker to look at, and is not settled. */
  reports: { id: string; words: string; reportedAt: string }[];
}

/** Youth workers choose no picture. */
const WORKER_PICTURE = 'adult';

export interface NewContribution {
  forumId: string;
  accountId: string;
  words: string;
  language: string;
  showsFrom: string;
  /** Why it is kept back; null if it is not. */
  holdReason: NonNullable<ContributionState['hold']>['reason'] | null;
}

/**
 * Adds words of a member within a transaction, so that what they belong to (a card, a comment) is written with them.
 * @returns their id
 */
export async function insertContribution(
  trx: Transaction<Tables>,
  { forumId, accountId, words, language, showsFrom, holdReason }: NewContribution,
  at: string,
): Promise<string> {
  const id = newId();
  const row = { id, forum_id: forumId, account_id: accountId, words, language, written_at: at, shows_from: showsFrom };
  await trx.insertInto('contributions').values(row).execute();
  if (holdReason !== null) {
    const hold = { contribution_id: id, reason: holdReason, settled_at: null, settled_by: null, shown: null, note: '' };
    await trx.insertInto('contribution_holds').values(hold).execute();
  }
  return id;
}

export interface Contributions {
  find(id: string): Promise<Contribution | undefined>;
  /** Some of them, in the order they were written; ids that are none are left out. */
  many(ids: readonly string[]): Promise<Contribution[]>;
  /** Who wrote something in a forum whose words are still there. */
  writers(forumId: string): Promise<ReadonlySet<string>>;
  /** What somebody wrote, the oldest first. */
  ofAuthor(accountId: string): Promise<Contribution[]>;
  /** Held ones of a forum that nobody has decided about: words of harm first, then the oldest. */
  held(forumId: string): Promise<Contribution[]>;
  /** Those that somebody reported and nobody has settled. */
  reported(forumId: string): Promise<Contribution[]>;
  /** Decides about one that is held. @returns false if somebody has */
  settle(id: string, decision: { shown: boolean; note: string; by: string }, at: string): Promise<boolean>;
  /** Takes one out of sight. @returns false if it is */
  hide(id: string, reason: string, by: string, at: string): Promise<boolean>;
  /** @returns false if it is in sight */
  restore(id: string, by: string, at: string): Promise<boolean>;
  /** Asks the youth workers to look. Who has asked already is not counted twice. */
  report(id: string, report: { by: string; words: string }, at: string): Promise<void>;
  /** Settles all reports of a contribution. */
  settleReports(id: string, by: string, at: string): Promise<void>;
  /** The author says whether it may be said outside the forum. */
  consent(id: string, agrees: boolean, at: string): Promise<void>;
}

export function createContributions({ query }: Pick<Database, 'query'>): Contributions {
  const rows = query
    .selectFrom('contributions')
    .leftJoin('forum_members', 'forum_members.account_id', 'contributions.account_id')
    .leftJoin('forum_workers', (join) =>
      join
        .onRef('forum_workers.account_id', '=', 'contributions.account_id')
        .onRef('forum_workers.forum_id', '=', 'contributions.forum_id'),
    )
    .leftJoin('contribution_holds as hold', 'hold.contribution_id', 'contributions.id')
    .leftJoin('contribution_consents as consent', (join) =>
      join.onRef('consent.contribution_id', '=', 'contributions.id').on('consent.withdrawn_at', 'is', null),
    )
    .leftJoin('contribution_hidings as hiding', (join) =>
      join.onRef('hiding.contribution_id', '=', 'contributions.id').on('restored_at', 'is', null),
    )
    .leftJoin('board_cards as card', 'card.contribution_id', 'contributions.id')
    .leftJoin('contribution_removals as removal', 'removal.contribution_id', 'contributions.id')
    .select(['contributions.id', 'contributions.forum_id as forumId', 'contributions.account_id as authorId'])
    .select([
      'pseudonym',
      'picture',
      'shown_as as shownAs',
      'words',
      'language',
      'written_at as writtenAt',
      'shows_from as showsFrom',
    ])
    .select([
      'hold.reason as heldFor',
      'hold.shown',
      'hold.note',
      'hiding.reason as hiddenFor',
      'agreed_at as agreedAt',
      'card.withdrawn_at as withdrawnAt',
      'removed_at as removedAt',
    ])
    .orderBy('written_at')
    .orderBy('contributions.id');

  async function complete(found: Awaited<ReturnType<typeof rows.execute>>): Promise<Contribution[]> {
    const reports = await reportsOf(found.map(({ id }) => id));
    return found.map(({ heldFor, shown, note, hiddenFor, agreedAt, withdrawnAt, removedAt, ...rest }) => {
      const { pseudonym, picture, shownAs, ...row } = rest;
      return {
        ...row,
        author: pseudonym ?? shownAs ?? '',
        picture: picture ?? WORKER_PICTURE,
        hold:
          heldFor === null
            ? null
            : {
                reason: heldFor as NonNullable<ContributionState['hold']>['reason'],
                shown: shown === null ? null : shown === 1,
                note: note ?? '',
              },
        hidden: hiddenFor === null ? null : { reason: hiddenFor },
        isWithdrawn: withdrawnAt !== null,
        isRemoved: removedAt !== null,
        mayBePublic: agreedAt !== null,
        reports: reports.get(row.id) ?? [],
      };
    });
  }

  async function reportsOf(ids: readonly string[]): Promise<Map<string, Contribution['reports']>> {
    if (ids.length === 0) return new Map();
    const found = await query
      .selectFrom('contribution_reports')
      .select(['id', 'contribution_id as contributionId', 'words', 'reported_at as reportedAt'])
      .where('contribution_id', 'in', [...ids])
      .where('settled_at', 'is', null)
      .orderBy('reported_at')
      .execute();
    const byContribution = Map.groupBy(found, ({ contributionId }) => contributionId);
    return new Map(
      [...byContribution].map(([id, own]) => [
        id,
        own.map(({ id: reportId, words, reportedAt }) => ({ id: reportId, words, reportedAt })),
      ]),
    );
  }

  return {
    find: async (id) => (await complete(await rows.where('contributions.id', '=', id).execute()))[0],
    async many(ids) {
      if (ids.length === 0) return [];
      return complete(await rows.where('contributions.id', 'in', [...ids]).execute());
    },
    ofAuthor: async (accountId) => complete(await rows.where('contributions.account_id', '=', accountId).execute()),
    async writers(forumId) {
      const found = await query
        .selectFrom('contributions')
        .select('account_id as accountId')
        .distinct()
        .where('forum_id', '=', forumId)
        .where('words', '!=', '')
        .execute();
      return new Set(found.map(({ accountId }) => accountId));
    },
    async held(forumId) {
      const waiting = rows.where('contributions.forum_id', '=', forumId).where('hold.contribution_id', 'is not', null);
      const found = await complete(await waiting.where('hold.shown', 'is', null).execute());
      const isHarm = ({ hold }: Contribution) => (hold?.reason === 'harm' ? 0 : 1);
      return found.toSorted((one, other) => isHarm(one) - isHarm(other));
    },
    async reported(forumId) {
      const found = await query
        .selectFrom('contribution_reports')
        .innerJoin('contributions', 'contributions.id', 'contribution_id')
        .select('contribution_id as id')
        .distinct()
        .where('forum_id', '=', forumId)
        .where('settled_at', 'is', null)
        .execute();
      return this.many(found.map(({ id }) => id));
    },
    async settle(id, { shown, note, by }, at) {
      const { numUpdatedRows } = await query
        .updateTable('contribution_holds')
        .set({ settled_at: at, settled_by: by, shown: shown ? 1 : 0, note })
        .where('contribution_id', '=', id)
        .where('settled_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    hide: (id, reason, by, at) =>
      query.transaction().execute(async (trx) => {
        const hidden = await trx
          .selectFrom('contribution_hidings')
          .select('id')
          .where('contribution_id', '=', id)
          .where('restored_at', 'is', null)
          .executeTakeFirst();
        if (hidden) return false;
        const row = { id: newId(), contribution_id: id, reason, hidden_at: at, hidden_by: by };
        await trx
          .insertInto('contribution_hidings')
          .values({ ...row, restored_at: null, restored_by: null })
          .execute();
        return true;
      }),
    async restore(id, by, at) {
      const { numUpdatedRows } = await query
        .updateTable('contribution_hidings')
        .set({ restored_at: at, restored_by: by })
        .where('contribution_id', '=', id)
        .where('restored_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    report: (id, { by, words }, at) =>
      query.transaction().execute(async (trx) => {
        const open = await trx
          .selectFrom('contribution_reports')
          .select('id')
          .where('contribution_id', '=', id)
          .where('reported_by', '=', by)
          .where('settled_at', 'is', null)
          .executeTakeFirst();
        if (open) return;
        const row = { id: newId(), contribution_id: id, reported_by: by, words, reported_at: at };
        await trx
          .insertInto('contribution_reports')
          .values({ ...row, settled_at: null, settled_by: null })
          .execute();
      }),
    async settleReports(id, by, at) {
      await query
        .updateTable('contribution_reports')
        .set({ settled_at: at, settled_by: by })
        .where('contribution_id', '=', id)
        .where('settled_at', 'is', null)
        .execute();
    },
    async consent(id, agrees, at) {
      const withdrawn_at = agrees ? null : at;
      await query
        .insertInto('contribution_consents')
        .values({ contribution_id: id, agreed_at: at, withdrawn_at })
        .onConflict((conflict) => conflict.column('contribution_id').doUpdateSet({ agreed_at: at, withdrawn_at }))
        .execute();
    },
  };
}
