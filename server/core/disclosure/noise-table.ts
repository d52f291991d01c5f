/*
 * Noise for counts by the cell key method: for each count how likely each change is. Among all distributions with
 * mean 0 and variance at most V on the changes that are allowed, the one of maximum entropy gives away least.
 * Source: Giessing, "Computational issues in the design of transition probabilities and disclosure risk estimation
 * for additive noise" (2016); the R package ptable does the same.
 */

/** One row of the table: the changes that a count may undergo, and how likely each is. */
export interface NoiseRow {
  changes: number[];
  probabilities: number[];
}

/**
 * The rows for counts 0 to D; larger counts have the row of D.
 * @param most the largest change either way, D; a count never falls below 0, and zero stays zero
 * @param variance V
 * @throws RangeError unless D is a whole number from 1 and 0 < V < D²
 */
export function noiseTable(most: number, variance: number): NoiseRow[] {
  if (!Number.isInteger(most) || most < 1 || !(variance > 0 && variance < most * most)) {
    throw new RangeError(
      `Expected a largest change from 1 and a variance between 0 and its square, found ${most} and ${variance}. ONS uses 5 and 2.`,
    );
  }
  return Array.from({ length: most + 1 }, (_, count) => noiseRow(count, most, variance));
}

function noiseRow(count: number, most: number, variance: number): NoiseRow {
  if (count === 0) return { changes: [0], probabilities: [1] };
  const least = -Math.min(count, most);
  const changes = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  const free = withVariance((curve) => distribution(changes, curve, false), changes, variance);
  const toZero = changes.indexOf(0);
  // Falling must not be likelier than staying: otherwise the two are made equal.
  const isMonotone = free[toZero - 1]! <= free[toZero]! + 1e-12;
  const probabilities = isMonotone
    ? free
    : withVariance((curve) => distribution(changes, curve, true), changes, variance);
  return { changes, probabilities };
}

/** The curve (≤ 0) that gives the variance, or 0 where even that gives less. Variance grows with the curve. */
function withVariance(of: (curve: number) => number[], changes: readonly number[], variance: number): number[] {
  const flat = of(0);
  if (moment(changes, flat, 2) <= variance) return flat;
  return of(bisect(-60, 0, (curve) => moment(changes, of(curve), 2) - variance));
}

/** Probabilities in proportion to exp(slope·v + curve·v²), with the slope that makes the mean 0. */
function distribution(changes: readonly number[], curve: number, isTied: boolean): number[] {
  const of = (slope: number) => normalised(changes.map((change) => exponent(change, slope, curve, isTied)));
  return of(bisect(-60, 60, (slope) => moment(changes, of(slope), 1)));
}

/** −1 and 0, where they are tied, share the mean of their exponents. */
function exponent(change: number, slope: number, curve: number, isTied: boolean): number {
  if (isTied && (change === -1 || change === 0)) return (curve - slope) / 2;
  return slope * change + curve * change * change;
}

function normalised(exponents: readonly number[]): number[] {
  const largest = Math.max(...exponents);
  const weights = exponents.map((value) => Math.exp(value - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function moment(changes: readonly number[], probabilities: readonly number[], power: number): number {
  return changes.reduce((sum, change, index) => sum + change ** power * probabilities[index]!, 0);
}

/** Where a growing function crosses zero. */
function bisect(from: number, to: number, of: (at: number) => number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (of(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
