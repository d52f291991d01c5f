import { insertContribution, type NewContribution } from './contributions.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** That the forums were asked whether the words of a reply are clear, and what they said. */
export interface ReplyCheck {
  id: string;
  replyId: string;
  authorityId: string;
  /** The `madeAt` of the words that were read. */
  wordsAt: string;
  askedAt: string;
  clear: number;
  notClear: number;
}

export interface ReplyChecks {
  /** Asks about the words of a time; asked again, it is the same check. @returns its id */
  ask(replyId: string, wordsAt: string, by: string | null, at: string): Promise<string>;
  /** The check of the words of a time; undefined where nobody asked. */
  ofWords(replyId: string, wordsAt: string): Promise<ReplyCheck | undefined>;
  find(id: string): Promise<ReplyCheck | undefined>;
  /** Checks of an authority whose words are those of a reply that still waits, newest first. */
  open(authorityId: string): Promise<ReplyCheck[]>;
  /** What a member says; what they said before is forgotten. With a comment, both are written or neither. */
  answer(
    checkId: string,
    verdict: { accountId: string; isClear: boolean; comment: NewContribution | null },
    at: string,
  ): Promise<void>;
  /** What this member said; undefined where nothing. */
  verdictOf(checkId: string, accountId: string): Promise<boolean | undefined>;
  /** Ids of the contributions to a check. */
  comments(checkId: string): Promise<string[]>;
}

export function createReplyChecks({ query }: Pick<Database, 'query'>): ReplyChecks {
  const checks = query
    .selectFrom('reply_checks')
    .innerJoin('replies', 'replies.id', 'reply_checks.reply_id')
    .innerJoin('actions', 'actions.id', 'replies.action_id')
    .innerJoin('findings', 'findings.id', 'actions.finding_id')
    .select(['reply_checks.id', 'reply_checks.reply_id as replyId', 'findings.authority_id as authorityId'])
    .select(['words_at as wordsAt', 'asked_at as askedAt']);

  async function counted(rows: Awaited<ReturnType<typeof checks.execute>>): Promise<ReplyCheck[]> {
    return Promise.all(
      rows.map(async (row) => {
        const verdicts = await query
          .selectFrom('reply_verdicts')
          .select('is_clear as isClear')
          .where('check_id', '=', row.id)
          .execute();
        const clear = verdicts.filter(({ isClear }) => isClear === 1).length;
        return { ...row, clear, notClear: verdicts.length - clear };
      }),
    );
  }

  async function ofWords(replyId: string, wordsAt: string): Promise<ReplyCheck | undefined> {
    const rows = checks.where('reply_checks.reply_id', '=', replyId).where('words_at', '=', wordsAt);
    return (await counted(await rows.execute()))[0];
  }

  return {
    async ask(replyId, wordsAt, by, at) {
      const row = { id: newId(), reply_id: replyId, words_at: wordsAt, asked_at: at, asked_by: by };
      await query
        .insertInto('reply_checks')
        .values(row)
        .onConflict((conflict) => conflict.columns(['reply_id', 'words_at']).doNothing())
        .execute();
      return (await ofWords(replyId, wordsAt))!.id;
    },
    ofWords,
    find: async (id) => (await counted(await checks.where('reply_checks.id', '=', id).execute()))[0],
    async open(authorityId) {
      const rows = checks
        .leftJoin('reply_publications', 'reply_publications.reply_id', 'replies.id')
        .where('findings.authority_id', '=', authorityId)
        .where('published_at', 'is', null)
        .whereRef('words_at', '=', 'replies.made_at')
        .orderBy('asked_at', 'desc')
        .orderBy('reply_checks.id');
      return counted(await rows.execute());
    },
    answer: (checkId, { accountId, isClear, comment }, at) =>
      query.transaction().execute(async (trx) => {
        const said = { is_clear: isClear ? (1 as const) : (0 as const), given_at: at };
        await trx
          .insertInto('reply_verdicts')
          .values({ check_id: checkId, account_id: accountId, ...said })
          .onConflict((conflict) => conflict.columns(['check_id', 'account_id']).doUpdateSet(said))
          .execute();
        if (!comment) return;
        const contribution_id = await insertContribution(trx, comment, at);
        await trx.insertInto('reply_comments').values({ contribution_id, check_id: checkId }).execute();
      }),
    async verdictOf(checkId, accountId) {
      const row = await query
        .selectFrom('reply_verdicts')
        .select('is_clear as isClear')
        .where('check_id', '=', checkId)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row && row.isClear === 1;
    },
    async comments(checkId) {
      const rows = query.selectFrom('reply_comments').select('contribution_id as id').where('check_id', '=', checkId);
      return (await rows.execute()).map(({ id }) => id);
    },
  };
}
