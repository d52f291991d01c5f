import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { wordsIn } from '../read-text.ts';

/** More words than a level reads well, in the question or in one of its rows. Pages to read are not questions. */
export function tooLong({ draft, text, rows, limits }: LookedAt): Verdict {
  if (draft.kind === 'information') return 'kept';
  const count = wordsIn(text).length;
  if (count > limits.words) return { reason: { why: 'too-long', values: { count, most: limits.words } } };
  const longest = Math.max(0, ...rows.map((row) => wordsIn(row).length));
  if (longest <= limits.words) return 'kept';
  return { reason: { why: 'too-long-row', values: { count: longest, most: limits.words } } };
}
