import { promisesOf, type Promises, type ReplyRecord } from '../core/loop/promises.ts';
import { levelOfText, readingAgeFor } from '../core/loop/reading-level.ts';
import { replyFaults, textFor } from '../core/loop/reply.ts';
import type { PublishedReply } from '../storage/replies.ts';
import { createReplyChecks } from '../storage/reply-checks.ts';
import { createReplyUpdates } from '../storage/reply-updates.ts';
import type { Services } from '../web/services.ts';
import type { Quoted } from './released.ts';
import { CODES } from './reply-form.ts';

/** The language whose words the coach can judge. */
const JUDGED = 'en';

export interface PromiseKeeper {
  /** How a published reply keeps the four promises. */
  promises(reply: PublishedReply, quoted: Quoted, today: string): Promise<Promises>;
  /** What the promises are worked out from. */
  record(reply: PublishedReply, quoted: Quoted): Promise<ReplyRecord>;
}

/** Gathers what the promises of a reply are worked out from. */
export function createPromiseKeeper({ database }: Pick<Services, 'database'>): PromiseKeeper {
  const checks = createReplyChecks(database);
  const updates = createReplyUpdates(database);

  async function record(reply: PublishedReply, { entry, figure }: Quoted): Promise<ReplyRecord> {
    const check = await checks.ofWords(reply.id, reply.madeAt);
    return {
      isComplete: replyFaults(reply, CODES, reply.publishedAt.slice(0, 10)).length === 0,
      readingAge: levelOfText(textFor(reply, 'child', JUDGED), 'child', JUDGED).age,
      suitsAge: readingAgeFor(figure.band),
      clear: check?.clear ?? 0,
      notClear: check?.notClear ?? 0,
      // What is quoted was approved, or nobody could have quoted it.
      releasedAt: entry.approvedAt ?? entry.madeAt,
      publishedAt: reply.publishedAt,
      nextUpdateOn: reply.nextUpdateOn,
      updates: (await updates.of([reply.id])).get(reply.id) ?? [],
    };
  }

  return {
    record,
    promises: async (reply, quoted, today) => promisesOf(await record(reply, quoted), today),
  };
}
