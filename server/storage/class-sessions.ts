import { columnsOf, keyOf, type ClassKey } from './class-sheets.ts';
import type { Database } from './database.ts';
import { hashToken, newToken } from './secrets.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** Teachers' devices that are signed in to a class; several at once are fine. */
export interface ClassSessions {
  /** Signs a device in. @returns the token for its cookie; only its hash is stored @throws Fault 'wave-closed' */
  start(key: ClassKey, expiresAt: string, now: string): Promise<string>;
  find(token: string, now: string): Promise<ClassKey | undefined>;
  end(token: string): Promise<void>;
}

export function createClassSessions({ query }: Database): ClassSessions {
  return {
    async start(key, expiresAt, now) {
      const token = newToken();
      await query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, key.waveId);
        // What is over says nothing any more.
        await trx.deleteFrom('class_sessions').where('expires_at', '<=', now).execute();
        await trx
          .insertInto('class_sessions')
          .values({ ...columnsOf(key), token_hash: hashToken(token), expires_at: expiresAt })
          .execute();
      });
      return token;
    },
    async find(token, now) {
      const row = await query
        .selectFrom('class_sessions')
        .selectAll()
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && keyOf(row);
    },
    async end(token) {
      await query.deleteFrom('class_sessions').where('token_hash', '=', hashToken(token)).execute();
    },
  };
}
