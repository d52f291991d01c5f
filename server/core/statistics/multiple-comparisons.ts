/* Many tests at once: how small a p value has to be when many were looked at. */
import { requireThat } from './requirements.ts';

/**
 * Benjamini and Hochberg's adjusted p values: reject all that are at most q, and at most a share q of what is
 * rejected is expected to be rejected wrongly. Give it all items of one unit and band at once, those without
 * an interesting result too.
 *
 * @param p p values from 0 to 1, in any order.
 * @returns adjusted values in the same order, each at least its p value and at most 1; an empty list for one.
 * @throws RangeError for a p value outside 0 to 1
 * @see Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1), 289–300.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const outside = p.find((value) => !(value >= 0 && value <= 1));
  requireThat(
    outside === undefined,
    `Benjamini-Hochberg: expected p values from 0 to 1, found ${outside}. Leave out what was not tested.`,
  );
  const largestFirst = p.map((value, place) => ({ value, place })).sort((one, other) => other.value - one.value);
  const adjusted = p.map(() => 1);
  let smallest = 1;
  largestFirst.forEach(({ value, place }, larger) => {
    // The factor first: it is never below 1, so that rounding takes no value below its p.
    smallest = Math.min(smallest, value * (p.length / (p.length - larger)));
    adjusted[place] = smallest;
  });
  return adjusted;
}
