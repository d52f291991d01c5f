/** What one of several sharers gets: in proportion to its weight, within its bounds. */
export interface Sharer {
  weight: number;
  least: number;
  most: number;
}

/**
 * Shares out exactly `total` whole things in proportion to weights, within everybody's bounds.
 * @throws RangeError if the bounds leave no way to share out that many
 */
export function shareOut(total: number, sharers: readonly Sharer[]): number[] {
  const least = sharers.reduce((sum, sharer) => sum + sharer.least, 0);
  const most = sharers.reduce((sum, sharer) => sum + sharer.most, 0);
  if (total < least || total > most) {
    throw new RangeError(`${total} cannot be shared out: expected a number from ${least} to ${most}.`);
  }
  const portions = portionsOf(total, sharers);
  const shares = portions.map(Math.floor);
  const fraction = (index: number) => portions[index]! - shares[index]!;
  // A fraction left over means that a sharer is below its upper bound, so one more always fits.
  const byFraction = shares.map((_, index) => index).toSorted((a, b) => fraction(b) - fraction(a) || a - b);
  const over = total - shares.reduce((sum, share) => sum + share, 0);
  for (const index of byFraction.slice(0, over)) shares[index]! += 1;
  return shares;
}

/** Portions with fractions that add up to the total: one scale for all weights, found by halving. */
function portionsOf(total: number, sharers: readonly Sharer[]): number[] {
  const at = (scale: number) =>
    sharers.map(({ weight, least, most }) => Math.min(most, Math.max(least, weight * scale)));
  let low = 0;
  let high = 1;
  while (sumOf(at(high)) < total && high < 1e12) high *= 2;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (sumOf(at(middle)) < total) low = middle;
    else high = middle;
  }
  return at(low);
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
