import { sumOf } from '../../server/core/disclosure/attack/problem.ts';
import type { ItemCounts, ItemFigures } from '../../server/core/disclosure/figures.ts';
import type { Case } from './case.ts';

/*
 * Mistakes that a release must never survive: a figure that was not rounded, withheld figures that are shown, a count
 * that a file gives away although a rule hides it.
 */
export const MUTATIONS = ['rounding', 'withheld', 'export'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** Makes the mistake in an item's figures. @returns whether the item has anything to make it with */
export function mutate(mutation: Mutation, { ground }: Case, item: ItemCounts, { counts }: ItemFigures): boolean {
  const figures = counts[0]!;
  const exact = (unit: number) => sumOf(item.counts[0]!, ground.plan.units[unit]!.cells);
  const own = [...figures.keys()].filter((unit) => ground.plan.remainders[unit] === undefined);
  if (mutation === 'withheld') {
    const withheld = own.filter((unit) => figures[unit]!.standing === 'withheld');
    for (const unit of withheld) figures[unit]!.standing = 'shown';
    return withheld.length > 0;
  }
  const wanted = mutation === 'rounding' ? 'shown' : 'small';
  const unit = own.find((one) => figures[one]!.standing === wanted && exact(one) % 5 !== 0);
  if (unit === undefined) return false;
  figures[unit] = { value: exact(unit), standing: 'shown' };
  return true;
}
