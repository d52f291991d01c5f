import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';

/**
 * More rows than a level reads on one page. Below S1 every row is a page of its own, so that a few rows are only many
 * pages (warn) and more are refused.
 */
export function gridTooBig({ draft, rows, limits }: LookedAt): Verdict {
  const count = rows.length;
  if (draft.kind === 'place-wheel' || count <= limits.rows.onePage) return 'kept';
  const { onePage, most } = limits.rows;
  if (count > most) return { reason: { why: 'grid-too-big', values: { count, most } } };
  return { severity: 'warn', reason: { why: 'own-page-rows', values: { count, most: onePage } } };
}
