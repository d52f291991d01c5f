import type { StatisticalAudit } from './attack/statistical.ts';
import { StaysOpen, type ItemAudit } from './safe-item.ts';

/*
 * What the statistical attacker may reach over a whole release (decision 0036): hardly more than whoever guesses.
 */

/** By how much of all hidden figures the attacker may beat who guesses. */
export const MOST_AHEAD = 0.15;

/** Of fewer figures nothing can be said: one or two by chance would decide. */
export const LEAST_HIDDEN = 50;

export function statisticalTotals(audits: readonly Pick<ItemAudit, 'statistical'>[]): StatisticalAudit {
  const parts = audits.flatMap(({ statistical }) => statistical ?? []);
  const sum = (key: keyof StatisticalAudit) => parts.reduce((total, part) => total + part[key], 0);
  return { hidden: sum('hidden'), hits: sum('hits'), guesses: sum('guesses') };
}

/** @throws StaysOpen if hidden figures can be guessed from what is shown much more often than without it */
export function demandNoMoreThanGuessing(audits: readonly Pick<ItemAudit, 'statistical'>[]): void {
  const { hidden, hits, guesses } = statisticalTotals(audits);
  if (hidden < LEAST_HIDDEN || (hits - guesses) / hidden <= MOST_AHEAD) return;
  const percent = (count: number) => `${Math.round((count * 100) / hidden)}%`;
  throw new StaysOpen(
    `Least squares name ${percent(hits)} of ${hidden} hidden figures rightly, and guessing ${percent(guesses)}: expected at most ${MOST_AHEAD * 100} points more. Release fewer places or groups.`,
  );
}
