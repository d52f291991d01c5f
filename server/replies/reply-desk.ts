import { sightOf } from '../core/forum/sight.ts';
import type { Promises } from '../core/loop/promises.ts';
import { createAuthorities, type Authority } from '../storage/authorities.ts';
import { createContributions } from '../storage/contributions.ts';
import type { Reply } from '../storage/replies.ts';
import { createReplyAddresses } from '../storage/reply-addresses.ts';
import { createReplyChecks, type ReplyCheck } from '../storage/reply-checks.ts';
import { createReplyPresses, type Button } from '../storage/reply-presses.ts';
import { createReplyReviews } from '../storage/reply-reviews.ts';
import { createReplyUpdates, type ReplyUpdate } from '../storage/reply-updates.ts';
import type { SignedIn } from '../web/access.ts';
import type { Services } from '../web/services.ts';
import type { Chain } from './chain-pages.ts';
import { createChains } from './opened-chain.ts';
import { createAnsweredBack, type AskedWave } from './answered-back.ts';
import { createPromiseKeeper } from './promise-keeper.ts';
import { createQuotations } from './released.ts';
import { CODES } from './reply-form.ts';

/** All that planners know of one reply. */
export interface Desk {
  authority: Authority;
  chain: Chain;
  action: Chain['actions'][number];
  reply: Reply;
  /** Languages that a second person read, and those that somebody still has to read before publication. */
  read: string[];
  unread: string[];
  /** Whether whoever looks may be the second person. */
  mayRead: boolean;
  check: ReplyCheck | undefined;
  comments: { words: string; language: string }[];
  updates: ReplyUpdate[];
  /** What children say of it, as far as whoever looks may see, the newest wave first. */
  answeredBack: AskedWave[];
  /** Whether whoever looks may make a wave that asks about it. */
  mayAsk: boolean;
  /** Undefined while it waits. */
  promises: Promises | undefined;
  presses: Record<Button, number>;
  /** The number by which it is found; undefined where it has none. */
  number: string | undefined;
  today: string;
}

/** Opens replies for planners with everything that is known of them. */
export function createDesks(services: Services): { open(me: SignedIn, replyId: string): Promise<Desk> } {
  const { database, clock } = services;
  const chains = createChains(services);
  const authorities = createAuthorities(database);
  const reviews = createReplyReviews(database);
  const checks = createReplyChecks(database);
  const contributions = createContributions(database);
  const updates = createReplyUpdates(database);
  const presses = createReplyPresses(database);
  const addresses = createReplyAddresses(database);
  const answeredBack = createAnsweredBack(services, createQuotations(database));
  const keeper = createPromiseKeeper(services);

  /** Words of the forum that are in everybody's sight there; who wrote them stays with the forum. */
  async function commentsOn(check: ReplyCheck | undefined): Promise<Desk['comments']> {
    if (!check) return [];
    const found = await contributions.many(await checks.comments(check.id));
    return found
      .filter((contribution) => sightOf(contribution, clock()) === 'shown')
      .map(({ words, language }) => ({ words, language }));
  }

  return {
    async open(me, replyId) {
      const { chain, action, reply } = await chains.openReply(me, replyId);
      const authority = (await authorities.find(chain.finding.authorityId))!;
      const read = await reviews.reviewed(reply.id, reply.madeAt);
      const check = await checks.ofWords(reply.id, reply.madeAt);
      const today = clock().slice(0, 10);
      const { publishedAt } = reply;
      const published = publishedAt === null ? undefined : { ...reply, publishedAt, finding: chain.finding };
      return {
        ...{ authority, chain, action, reply, read, check, today },
        unread: authority.kind === 'demonstration' ? [] : CODES.filter((code) => !read.includes(code)),
        mayRead: reply.madeBy !== me.accountId,
        comments: await commentsOn(check),
        updates: (await updates.of([reply.id])).get(reply.id) ?? [],
        promises: published && (await keeper.promises(published, chain.quoted, today)),
        answeredBack: await answeredBack.of(me, { id: reply.id, finding: chain.finding }),
        mayAsk: me.roles.includes('administrator'),
        presses: await presses.counts(reply.id),
        number: await addresses.of(reply.id),
      };
    },
  };
}
