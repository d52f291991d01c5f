import { inChunks, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** News after a published reply. */
export interface ReplyUpdate {
  id: string;
  replyId: string;
  madeAt: string;
  /** A civil date: when the next news comes; null where this was the last. */
  nextUpdateOn: string | null;
  /** By language. */
  words: Readonly<Record<string, string>>;
}

/** What somebody writes of an update. */
export type NewUpdate = Pick<ReplyUpdate, 'nextUpdateOn' | 'words'>;

export interface ReplyUpdates {
  /**
   * Adds an update, which nobody can change or take away. @returns its id; that of the newest where it says just this,
   * so that sending a form twice leaves one
   */
  add(replyId: string, update: NewUpdate, by: string | null, at: string): Promise<string>;
  /** Updates by reply, oldest first; a reply without one is not in it. */
  of(replyIds: readonly string[]): Promise<Map<string, ReplyUpdate[]>>;
}

export function createReplyUpdates({ query }: Pick<Database, 'query'>): ReplyUpdates {
  async function of(replyIds: readonly string[]): Promise<Map<string, ReplyUpdate[]>> {
    const found: ReplyUpdate[] = [];
    // No chunk is empty, so `in ()` is never asked.
    for (const chunk of inChunks([...replyIds])) {
      const rows = await query
        .selectFrom('reply_updates')
        .innerJoin('reply_update_words', 'reply_update_words.update_id', 'reply_updates.id')
        .select(['id', 'reply_id as replyId', 'made_at as madeAt', 'next_update_on as nextUpdateOn'])
        .select(['language', 'words'])
        .where('reply_id', 'in', chunk)
        .orderBy('made_at')
        .orderBy('id')
        .execute();
      for (const [, ofOne] of Map.groupBy(rows, ({ id }) => id)) {
        const { id, replyId, madeAt, nextUpdateOn } = ofOne[0]!;
        const words = Object.fromEntries(ofOne.map((row) => [row.language, row.words]));
        found.push({ id, replyId, madeAt, nextUpdateOn, words });
      }
    }
    return Map.groupBy(found, ({ replyId }) => replyId);
  }

  return {
    async add(replyId, { nextUpdateOn, words }, by, at) {
      const last = (await of([replyId])).get(replyId)?.at(-1);
      const isSame = Object.entries(words).every(([language, text]) => last?.words[language] === text);
      if (last && isSame && last.nextUpdateOn === nextUpdateOn) return last.id;
      return query.transaction().execute(async (trx) => {
        const id = newId();
        const row = { id, reply_id: replyId, next_update_on: nextUpdateOn, made_at: at, made_by: by };
        await trx.insertInto('reply_updates').values(row).execute();
        const texts = Object.entries(words).map(([language, text]) => ({ update_id: id, language, words: text }));
        await trx.insertInto('reply_update_words').values(texts).execute();
        return id;
      });
    },
    of,
  };
}
