import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { farthestRecall } from '../recall.ts';

/** A question that reaches further back than the memory of its level: a week, two weeks, twelve months. */
export function recallTooLong({ draft, lists, askedTexts, text, limits }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const recall = farthestRecall([text, ...askedTexts.slice(1)], draft.language);
  if (!recall || recall.days <= limits.recallDays) return 'kept';
  return { reason: { why: 'recall-too-long', values: { words: recall.words, level: draft.level } } };
}
