import type { Transaction as KyselyTransaction } from 'kysely';
import { canonical } from '../core/canonical.ts';
import { NO_TEXTS, READERS, type DecidedReply, type ReplyText, type ReplyTexts } from '../core/loop/reply.ts';
import { inChunks, isDuplicate, type Database } from './database.ts';
import { FINDING_COLUMNS, toFinding, type Finding } from './findings.ts';
import { newId } from './identifiers.ts';
import type { Tables } from './tables.ts';

/** What is answered to the young people. */
export interface Reply extends DecidedReply {
  id: string;
  actionId: string;
  /** When its words were last written: what is said of them (a review, a check) is said of the words of this time. */
  madeAt: string;
  madeBy: string | null;
  /** Null while it waits. */
  publishedAt: string | null;
}

/** A reply on a public page, with the finding that it answers. */
export interface PublishedReply extends Reply {
  publishedAt: string;
  finding: Finding;
}

export interface Replies {
  /**
   * Writes the reply to an action and gives its id. One that waits is rewritten, so that sending a form
   * twice leaves one reply, and the same words leave it as it was; after a published one a further reply begins. A
   * published one never changes.
   */
  write(actionId: string, reply: DecidedReply, madeBy: string | null, at: string): Promise<string>;
  find(id: string): Promise<Reply | undefined>;
  /** Replies to an action, oldest first. */
  ofAction(actionId: string): Promise<Reply[]>;
  /** Publishes; 'done-already' if it was published before. Whether it is complete must have been looked at. */
  publish(id: string, publishedBy: string | null, at: string): Promise<'published' | 'done-already'>;
  findPublished(id: string): Promise<PublishedReply | undefined>;
  /** Published replies of an authority, newest first. */
  published(authorityId: string): Promise<PublishedReply[]>;
}

type Transaction = KyselyTransaction<Tables>;

export function createReplies({ query }: Database): Replies {
  const replies = query
    .selectFrom('replies')
    .leftJoin('reply_publications', 'reply_publications.reply_id', 'replies.id')
    .select(['replies.id', 'action_id as actionId', 'decision', 'owner_role as owner', 'replies.due_on as dueOn'])
    .select(['next_update_on as nextUpdateOn', 'replies.made_at as madeAt', 'replies.made_by as madeBy'])
    .select('published_at as publishedAt');
  const published = replies
    .innerJoin('actions', 'actions.id', 'replies.action_id')
    .innerJoin('findings', 'findings.id', 'actions.finding_id')
    .select(FINDING_COLUMNS)
    .where('published_at', 'is not', null);

  /** Adds to each reply its words by reader and language. */
  async function withTexts<Row extends { id: string }>(rows: readonly Row[]): Promise<(Row & { texts: ReplyTexts })[]> {
    const texts = new Map(rows.map((row) => [row.id, emptyTexts()]));
    // No chunk is empty, so `in ()` is never asked.
    for (const chunk of inChunks(rows.map((row) => row.id))) {
      const found = await query
        .selectFrom('reply_words')
        .select(['reply_id', 'reader', 'language', 'title', 'you_said as youSaid', 'considered', 'we_did as weDid'])
        .select('why')
        .where('reply_id', 'in', chunk)
        .execute();
      for (const { reply_id, reader, language, ...text } of found) {
        const ofReply = texts.get(reply_id);
        if (ofReply) ofReply[reader][language] = text;
      }
    }
    return rows.map((row) => ({ ...row, texts: texts.get(row.id) ?? NO_TEXTS }));
  }

  async function toPublished(rows: Awaited<ReturnType<typeof published.execute>>): Promise<PublishedReply[]> {
    const complete = await withTexts(rows);
    return complete.flatMap(({ publishedAt, ...row }) =>
      publishedAt === null
        ? []
        : [
            {
              id: row.id,
              actionId: row.actionId,
              decision: row.decision,
              owner: row.owner,
              dueOn: row.dueOn,
              nextUpdateOn: row.nextUpdateOn,
              texts: row.texts,
              madeAt: row.madeAt,
              madeBy: row.madeBy,
              publishedAt,
              finding: toFinding(row),
            },
          ],
    );
  }

  async function ofAction(actionId: string): Promise<Reply[]> {
    const rows = replies.where('action_id', '=', actionId).orderBy('replies.made_at').orderBy('replies.id');
    return withTexts(await rows.execute());
  }

  return {
    async write(actionId, reply, madeBy, at) {
      const waiting = await ofAction(actionId);
      const same = waiting.find((one) => one.publishedAt === null && contentOf(one) === contentOf(reply));
      if (same) return same.id;
      return query.transaction().execute((trx) => write(trx, actionId, reply, madeBy, at));
    },
    async find(id) {
      const rows = await withTexts(await replies.where('replies.id', '=', id).execute());
      return rows[0];
    },
    ofAction,
    async publish(id, publishedBy, at) {
      try {
        await query
          .insertInto('reply_publications')
          .values({ reply_id: id, published_at: at, published_by: publishedBy })
          .execute();
        return 'published';
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    async findPublished(id) {
      const rows = await toPublished(await published.where('replies.id', '=', id).execute());
      return rows[0];
    },
    published: async (authorityId) =>
      toPublished(
        await published
          .where('findings.authority_id', '=', authorityId)
          .orderBy('published_at', 'desc')
          .orderBy('replies.id')
          .execute(),
      ),
  };
}

const emptyTexts = (): Record<keyof ReplyTexts, Record<string, ReplyText>> => ({
  child: {},
  adult: {},
  'easy-read': {},
});

/** What somebody wrote, to be compared. */
function contentOf({ decision, owner, dueOn, nextUpdateOn, texts }: DecidedReply): string {
  return canonical({ decision, owner, dueOn, nextUpdateOn, texts });
}

async function write(
  trx: Transaction,
  actionId: string,
  reply: DecidedReply,
  madeBy: string | null,
  at: string,
): Promise<string> {
  const waiting = await trx
    .selectFrom('replies')
    .leftJoin('reply_publications', 'reply_publications.reply_id', 'replies.id')
    .select('replies.id')
    .where('action_id', '=', actionId)
    .where('published_at', 'is', null)
    .executeTakeFirst();
  const id = waiting?.id ?? newId();
  const row = {
    decision: reply.decision,
    owner_role: reply.owner,
    due_on: reply.dueOn,
    next_update_on: reply.nextUpdateOn,
    made_at: at,
    made_by: madeBy,
  };
  if (waiting) await trx.updateTable('replies').set(row).where('id', '=', id).execute();
  else
    await trx
      .insertInto('replies')
      .values({ id, action_id: actionId, ...row })
      .execute();
  await writeTexts(trx, id, reply.texts);
  return id;
}

/** Puts these words in the place of whatever words the reply had. */
async function writeTexts(trx: Transaction, id: string, texts: ReplyTexts): Promise<void> {
  await trx.deleteFrom('reply_words').where('reply_id', '=', id).execute();
  for (const reader of READERS) {
    for (const [language, { youSaid, weDid, ...text }] of Object.entries(texts[reader])) {
      const row = { reply_id: id, reader, language, ...text, you_said: youSaid, we_did: weDid };
      await trx.insertInto('reply_words').values(row).execute();
    }
  }
}
