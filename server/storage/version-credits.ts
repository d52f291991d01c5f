import type { Database } from './database.ts';

/** How somebody who helped wants to be mentioned: by the name that their forum knows, or as somebody. */
export type CreditKind = 'named' | 'unnamed';

/** Who helped with a version, as far as they want it said. */
export interface VersionCredits {
  /** Forum names of those who want to be named and still are in a forum. */
  names: string[];
  /** How many want to be mentioned without a name. */
  unnamed: number;
}

export interface VersionCreditsStore {
  /** Whether somebody is in a forum and wrote a draft of, or said something about, what a version added or changed. */
  helped(versionId: string, accountId: string): Promise<boolean>;
  /** Takes what somebody said before back, if they did. */
  give(versionId: string, accountId: string, kind: CreditKind, at: string): Promise<void>;
  /** Leaves no row behind. @returns false if there was none */
  takeBack(versionId: string, accountId: string): Promise<boolean>;
  of(versionId: string): Promise<VersionCredits>;
  /** What one person said; null for nothing. */
  ownOf(versionId: string, accountId: string): Promise<CreditKind | null>;
}

export function createVersionCredits({ query }: Pick<Database, 'query'>): VersionCreditsStore {
  /** The members of forums whose credits stand; whoever left cannot take a credit back, so theirs does not. */
  const standing = (versionId: string) =>
    query
      .selectFrom('version_credits')
      .innerJoin('forum_members', 'forum_members.account_id', 'version_credits.account_id')
      .select(['pseudonym', 'named'])
      .where('version_id', '=', versionId)
      .where('left_at', 'is', null)
      .orderBy('pseudonym');

  return {
    async helped(versionId, accountId) {
      const drafted = query
        .selectFrom('proposal_publications')
        .innerJoin('proposal_drafts', 'proposal_drafts.proposal_id', 'proposal_publications.proposal_id')
        .innerJoin('forum_members', 'forum_members.account_id', 'written_by')
        .select('proposal_drafts.proposal_id')
        .where('version_id', '=', versionId)
        .where('written_by', '=', accountId)
        .where('left_at', 'is', null);
      const said = query
        .selectFrom('proposal_publications')
        .innerJoin('proposal_comments', 'proposal_comments.proposal_id', 'proposal_publications.proposal_id')
        .innerJoin('contributions', 'contributions.id', 'contribution_id')
        .innerJoin('forum_members', 'forum_members.account_id', 'contributions.account_id')
        .select('contributions.id')
        .where('version_id', '=', versionId)
        .where('contributions.account_id', '=', accountId)
        .where('left_at', 'is', null);
      return Boolean((await drafted.executeTakeFirst()) ?? (await said.executeTakeFirst()));
    },
    async give(versionId, accountId, kind, at) {
      const named = kind === 'named' ? 1 : 0;
      await query
        .insertInto('version_credits')
        .values({ version_id: versionId, account_id: accountId, named, agreed_at: at })
        .onConflict((conflict) => conflict.columns(['version_id', 'account_id']).doUpdateSet({ named, agreed_at: at }))
        .execute();
    },
    async takeBack(versionId, accountId) {
      const own = query.deleteFrom('version_credits').where('version_id', '=', versionId);
      const { numDeletedRows } = await own.where('account_id', '=', accountId).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async of(versionId) {
      const rows = await standing(versionId).execute();
      const names = rows.filter(({ named }) => named === 1).map(({ pseudonym }) => pseudonym);
      return { names, unnamed: rows.length - names.length };
    },
    async ownOf(versionId, accountId) {
      const row = await query
        .selectFrom('version_credits')
        .select('named')
        .where('version_id', '=', versionId)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (!row) return null;
      return row.named === 1 ? 'named' : 'unnamed';
    },
  };
}
