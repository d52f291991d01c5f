import type { ReplyFacts } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import { isOverdue, nextDue } from '../../core/loop/promises.ts';
import type { Services } from '../../web/services.ts';
import type { Answered } from '../public-answered.ts';
import { titleOf } from '../reply-words.ts';
import { inAll } from './in-all.ts';

/** Public replies that were published in a period, the newest first. */
export function replyFacts(
  { languages }: Pick<Services, 'languages'>,
  all: readonly Answered[],
  { period, today }: { period: Period; today: string },
): ReplyFacts[] {
  const own = all.filter(({ reply }) => isWithin(reply.publishedAt, period));
  return own.map(({ reply, quoted, promises, record }) => {
    const title = inAll(languages, (language) => titleOf(language, reply).title);
    return {
      ...{ id: reply.id, title, decision: reply.decision, promises },
      where: inAll(languages, () => quoted.figure.node.name),
      overdueSince: isOverdue(record, today) ? nextDue(record) : null,
      source: { is: 'reply', id: reply.id, title, publishedOn: reply.publishedAt.slice(0, 10) },
    };
  });
}
