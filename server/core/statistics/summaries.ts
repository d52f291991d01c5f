/* Sums, means and their like, which several methods share. */
import { requireThat } from './requirements.ts';

/** The sum of a list; 0 for an empty one. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The largest of a list, however long; −Infinity for an empty one. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), -Infinity);
}

/**
 * The arithmetic mean.
 * @throws RangeError for an empty list
 */
export function mean(numbers: readonly number[]): number {
  requireThat(numbers.length > 0, 'Mean: expected one number or more, found none. Hide what nobody answered.');
  return sum(numbers) / numbers.length;
}

/**
 * The variance of a sample, over n − 1, in squared units of the numbers. Taken about the mean in a second
 * pass, so that large numbers that differ little keep their digits.
 * @throws RangeError for fewer than two numbers
 */
export function sampleVariance(numbers: readonly number[]): number {
  requireThat(
    numbers.length > 1,
    `Variance: expected two numbers or more, found ${numbers.length}. Hide what one person answered.`,
  );
  const centre = mean(numbers);
  return sum(numbers.map((number) => (number - centre) ** 2)) / (numbers.length - 1);
}

/**
 * The value below which a share of the numbers lies, straight lines drawn between neighbours: type 7 of
 * Hyndman and Fan 1996, The American Statistician 50(4), 361–365, which is what R does unless told.
 *
 * @param share from 0 to 1; 0.5 is the median.
 * @throws RangeError for an empty list, or a share outside 0 to 1
 */
export function sampleQuantile(numbers: readonly number[], share: number): number {
  requireThat(numbers.length > 0, 'Quantile: expected one number or more, found none. Hide what nobody answered.');
  requireThat(share >= 0 && share <= 1, `Quantile: expected a share from 0 to 1, found ${share}.`);
  const sorted = numbers.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (place - Math.floor(place)) * (above - below);
}

/** The rows that carry each label, in the order in which labels first appear. */
export function rowsByLabel<Label>(labels: readonly Label[]): Map<Label, number[]> {
  const rows = new Map<Label, number[]>();
  labels.forEach((label, row) => {
    const known = rows.get(label);
    if (known) known.push(row);
    else rows.set(label, [row]);
  });
  return rows;
}
