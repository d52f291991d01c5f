import { isDuplicate, type Database } from './database.ts';

/** Which languages of a reply were read by a second person. */
export interface ReplyReviews {
  /** Says that somebody read a language of the words written at a time. */
  review(replyId: string, language: string, wordsAt: string, by: string, at: string): Promise<void>;
  /** Languages that were read as they are now; what was rewritten since has to be read again. */
  reviewed(replyId: string, wordsAt: string): Promise<string[]>;
}

export function createReplyReviews({ query }: Pick<Database, 'query'>): ReplyReviews {
  return {
    async review(replyId, language, wordsAt, by, at) {
      const row = { reply_id: replyId, language, words_at: wordsAt, reviewed_at: at, reviewed_by: by };
      try {
        await query.insertInto('reply_reviews').values(row).execute();
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async reviewed(replyId, wordsAt) {
      const rows = await query
        .selectFrom('reply_reviews')
        .select('language')
        .where('reply_id', '=', replyId)
        .where('words_at', '=', wordsAt)
        .orderBy('language')
        .execute();
      return rows.map(({ language }) => language);
    },
  };
}
