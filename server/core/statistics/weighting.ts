/*
 * Weights that make those who answered add up to the roll: cell by cell where the roll is known by cell, by
 * turns where only margins of it are known.
 */
import { requireLength, requireThat } from './requirements.ts';
import { largest, rowsByLabel, sampleQuantile, sum } from './summaries.ts';

/** How many pupils the roll has of each kind. */
export type RollCounts = ReadonlyMap<string, number>;

/** One way of sorting the roll: what each row is, and how many pupils of each kind there are. */
export interface Margin {
  of: readonly string[];
  roll: RollCounts;
}

export interface Raked {
  weights: number[];
  /** Rounds through all margins. */
  iterations: number;
}

/**
 * Post-stratified weights: base weights times what the roll has of the row's cell over what the sample has.
 *
 * @param weights base weights, 0 or more.
 * @param margin the cell of each row, and the roll of every cell.
 * @returns weights that add up to the roll in every cell.
 * @throws RangeError when lists differ in length, a row's cell is not on the roll, or pupils are on the roll
 *   in a cell that nobody with a weight is in
 * @see Holt and Smith 1979, Journal of the Royal Statistical Society A 142(1), 33–46; survey::postStratify.
 */
export function postStratify(weights: readonly number[], margin: Margin): number[] {
  requireMargin('Post-stratification', weights, margin);
  const fitted = [...weights];
  scaleTo(fitted, kindsOf(margin));
  return fitted;
}

/** Rounds after which margins that have not been met will not be. */
const MOST_ROUNDS = 10_000;

/**
 * Raked weights: each margin in turn, round and round, until all are met (iterative proportional fitting).
 *
 * @param weights base weights, 0 or more.
 * @param margins two or more ways of sorting the same roll; one is post-stratification.
 * @param tolerance largest error of any margin's total that is accepted, as a share of that total.
 * @throws RangeError as postStratify does for each margin, when rolls of margins differ in size, or when no
 *   weights meet all margins
 * @see Deming and Stephan 1940, Annals of Mathematical Statistics 11(4), 427–444; survey::rake.
 */
export function rake(weights: readonly number[], margins: readonly Margin[], tolerance = 1e-8): Raked {
  requireThat(margins.length > 0, 'Raking: expected one margin or more, found none.');
  requireThat(tolerance > 0, `Raking: expected a tolerance above 0, found ${tolerance}.`);
  for (const margin of margins) requireMargin('Raking', weights, margin);
  requireOneSize(margins, tolerance);
  const kinds = margins.map(kindsOf);
  const raked = [...weights];
  for (let iterations = 1; iterations <= MOST_ROUNDS; iterations += 1) {
    for (const margin of kinds) scaleTo(raked, margin);
    if (largestMiss(raked, kinds) <= tolerance) return { weights: raked, iterations };
  }
  throw new RangeError(
    `Raking: expected margins that some weights meet, found one missed by ${largestMiss(raked, kinds)} of itself ` +
      `after ${MOST_ROUNDS} rounds. Join kinds that few or none of the rows combine.`,
  );
}

/** The rows of a kind, and how many pupils they stand for. */
interface Kind {
  rows: readonly number[];
  pupils: number;
}

function kindsOf({ of, roll }: Margin): Kind[] {
  return [...rowsByLabel(of)].map(([kind, rows]) => ({ rows, pupils: roll.get(kind) ?? 0 }));
}

function totalOf(weights: readonly number[], rows: readonly number[]): number {
  return rows.reduce((total, row) => total + (weights[row] ?? 0), 0);
}

/** Changes the weights in place: raking goes over them thousands of times. */
function scaleTo(weights: number[], kinds: readonly Kind[]): void {
  for (const { rows, pupils } of kinds) {
    const total = totalOf(weights, rows);
    const factor = total === 0 ? 0 : pupils / total;
    for (const row of rows) weights[row] = (weights[row] ?? 0) * factor;
  }
}

function largestMiss(weights: readonly number[], margins: readonly (readonly Kind[])[]): number {
  const kinds = margins.flat().filter(({ pupils }) => pupils > 0);
  return largest(kinds.map(({ rows, pupils }) => Math.abs(totalOf(weights, rows) / pupils - 1)));
}

function requireMargin(what: string, weights: readonly number[], { of, roll }: Margin): void {
  requireLength(what, of, weights.length);
  const wrongWeight = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  requireThat(wrongWeight === undefined, `${what}: expected base weights of 0 or more, found ${wrongWeight}.`);
  const wrongRoll = [...roll].find(([, pupils]) => !(pupils >= 0 && pupils < Infinity));
  requireThat(
    wrongRoll === undefined,
    `${what}: expected rolls of 0 or more, found ${wrongRoll?.[1]} for "${wrongRoll?.[0]}".`,
  );
  const unknown = of.find((kind) => !roll.has(kind));
  requireThat(
    unknown === undefined,
    `${what}: expected every row in a kind that the roll counts, found "${unknown}". Give its number on the roll.`,
  );
  const present = new Set(of.filter((_kind, row) => (weights[row] ?? 0) > 0));
  const absent = [...roll].find(([kind, pupils]) => pupils > 0 && !present.has(kind));
  requireThat(
    absent === undefined,
    `${what}: expected somebody with a weight in every kind on the roll, found nobody in "${absent?.[0]}". ` +
      'Join it with a kind like it.',
  );
}

function requireOneSize(margins: readonly Margin[], tolerance: number): void {
  const sizes = margins.map(({ roll }) => sum([...roll.values()]));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  requireThat(
    most - least <= tolerance * most,
    `Raking: expected margins of one roll, found rolls of ${sizes.join(' and ')}. Count everybody in every margin.`,
  );
}

/** The largest weight that is let stand, in medians. */
export const WEIGHT_CAP = 3;

/**
 * Weights with the largest cut off, so that few answers do not carry a whole estimate. The weights no longer
 * add up to the roll in cells that were cut, which is the price: a little bias for less variance.
 *
 * @param weights 0 or more.
 * @param medians largest weight that is let stand, in medians of the weights.
 * @throws RangeError for an empty list
 * @see Potter 1990, Proceedings of the Survey Research Methods Section, American Statistical Association, 225–230.
 */
export function capWeights(weights: readonly number[], medians: number = WEIGHT_CAP): number[] {
  const most = medians * sampleQuantile(weights, 0.5);
  return weights.map((weight) => Math.min(weight, most));
}
