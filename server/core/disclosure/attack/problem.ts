/*
 * What somebody knows who has read everything that is shown, and what they would like to know. The unknowns are
 * numbers of children: one for each base cell (a group of children that no table tells apart) and answer.
 */

/** The sum of some unknowns lies between two numbers, both included. */
export interface Fact {
  /** Positions of the unknowns, ascending. */
  unknowns: Int32Array;
  low: number;
  /** Infinity where nothing is known. */
  high: number;
}

/** A number of children that nobody may work out. */
export interface Target {
  /** What it is, for the audit: place, band, filter, item and answer. */
  id: string;
  unknowns: Int32Array;
  /** How many whole numbers the facts must leave. */
  least: number;
}

export interface AttackProblem {
  /** The largest that each unknown can be; Infinity where nothing is known. */
  most: Float64Array;
  facts: readonly Fact[];
  targets: readonly Target[];
  /** How many unknowns each group has, one after the other: its answers. */
  categories: number;
  /** The true numbers. They never leave the release job; here they show where the bounds must be. */
  truth: Int32Array;
  /** How many facts, the first ones, can never be withheld: earlier releases told them. None unless told. */
  fixed?: number;
}

/** What the facts leave of a sum, as real numbers. */
export interface Bounds {
  low: number;
  high: number;
}

/** How far tables reach for each target. */
export interface Reach {
  low: Float64Array;
  high: Float64Array;
}

/** Chance as the attack needs it: whole streams of it come from one seed, so that a release can be made again. */
export interface Chance {
  next(): number;
}

/** Solvers answer with a small error; whole numbers are read with this much of it. */
export const TOLERANCE = 1e-6;

/** How many whole numbers lie within bounds. */
export function wholeNumbersIn({ low, high }: Bounds): number {
  return Math.max(0, Math.floor(high + TOLERANCE) - Math.ceil(low - TOLERANCE) + 1);
}

/** The sum of some values. */
export function sumOf(values: ArrayLike<number>, positions: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < positions.length; index += 1) sum += values[positions[index]!]!;
  return sum;
}
