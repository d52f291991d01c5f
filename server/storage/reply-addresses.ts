import { randomInt } from 'node:crypto';
import { isDuplicate, type Database } from './database.ts';

/** Numbers that are easy to say aloud, each leading to one published reply. */
export interface ReplyAddresses {
  /** Gives a reply a number; one that has one keeps it. */
  give(replyId: string): Promise<string>;
  /** The number of a reply; undefined where it has none. */
  of(replyId: string): Promise<string | undefined>;
  /** The reply of a number. */
  find(number: string): Promise<string | undefined>;
}

/** Four digits are said in a breath and are enough for nine thousand replies; then come five, and so on. */
const FEWEST_DIGITS = 4;
const TRIES_A_LENGTH = 12;
const MOST_DIGITS = 8;

export function createReplyAddresses({ query }: Pick<Database, 'query'>): ReplyAddresses {
  async function of(replyId: string): Promise<string | undefined> {
    const row = query.selectFrom('reply_addresses').select('number').where('reply_id', '=', replyId);
    return (await row.executeTakeFirst())?.number;
  }

  return {
    of,
    async give(replyId) {
      for (let digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits += 1) {
        for (let tried = 0; tried < TRIES_A_LENGTH; tried += 1) {
          const known = await of(replyId);
          if (known !== undefined) return known;
          const number = String(randomInt(10 ** (digits - 1), 10 ** digits));
          try {
            await query.insertInto('reply_addresses').values({ number, reply_id: replyId }).execute();
            return number;
          } catch (error) {
            if (!isDuplicate(error)) throw error;
          }
        }
      }
      throw new Error(`No number is free for the reply ${replyId}: expected one of up to ${MOST_DIGITS} digits.`);
    },
    async find(number) {
      const row = query.selectFrom('reply_addresses').select('reply_id as replyId').where('number', '=', number);
      return (await row.executeTakeFirst())?.replyId;
    },
  };
}
