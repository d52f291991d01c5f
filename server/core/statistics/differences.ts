/*
 * Two shares beside each other: how far apart they are, between which limits, and whether chance alone would
 * put them so far apart. The two groups must have nobody in common (a cluster is compared with the rest of
 * its authority).
 */
import { normalTwoSided } from './distributions.ts';
import { hypergeometricLog } from './proportions.ts';
import { DEFAULT_LEVEL, requireCount, requireThat } from './requirements.ts';
import { shareWithInterval, type ShareInput, type ShareWithInterval } from './share.ts';

/** Expected counts below this make the normal approximation of the test unsafe. */
const LEAST_EXPECTED = 5;

/** Bases below this say too little for a difference to be put into words: they are marked cautious. */
const LEAST_BASE = 20;

/** A difference between two shares: proportions, from −1 to 1. */
export interface Difference {
  /** The first share less the second. */
  difference: number;
  low: number;
  high: number;
}

export interface Comparison extends Difference {
  /** The score statistic, in standard errors; 0 where both shares are 0 or both 1. */
  z: number;
  /** Two-sided p value of z. */
  scoreP: number;
  /** The test to go by: Fisher's exact test when an expected count is under 5, otherwise that of z. */
  test: 'score' | 'fisher';
  /** The two-sided p value of that test. */
  p: number;
}

/**
 * Two shares compared. Where a design effect or noise is given, interval and tests stand on the effective
 * sizes; Fisher's test then stands on the table rounded to whole respondents of those sizes.
 *
 * @param one count and base (protected respondents), design effect and noise variance.
 * @param other the same of a group that shares nobody with the first.
 * @param level confidence of the interval.
 * @throws RangeError as shareWithInterval does
 * @see Newcombe 1998 (interval); design note, "Differences": Fisher's test when an expected count is under 5.
 */
export function compareShares(one: ShareInput, other: ShareInput, level: number = DEFAULT_LEVEL): Comparison {
  const first = shareWithInterval({ ...one, level });
  const second = shareWithInterval({ ...other, level });
  const z = scoreStatistic(first, second);
  const scoreP = normalTwoSided(z);
  const test = smallestExpected(first, second) < LEAST_EXPECTED ? 'fisher' : 'score';
  const p = test === 'score' ? scoreP : fisherOfWhole(first, second);
  return { ...newcombeInterval(first, second), z, scoreP, test, p };
}

/**
 * The interval of a difference from those of its two shares, so that it never leaves −1 to 1 and is not
 * empty where both shares are 0.
 *
 * @param first share with its Wilson limits.
 * @param second the same of the other group, at the same level.
 * @see Newcombe 1998, Statistics in Medicine 17, 873–890, method 10 (hybrid score).
 */
export function newcombeInterval(
  first: Omit<ShareWithInterval, 'effectiveSize'>,
  second: Omit<ShareWithInterval, 'effectiveSize'>,
): Difference {
  const difference = first.share - second.share;
  return {
    difference,
    low: difference - Math.hypot(first.share - first.low, second.high - second.share),
    high: difference + Math.hypot(first.high - first.share, second.share - second.low),
  };
}

/** Pearson's chi-square without continuity correction, with its sign: the pooled two-sample z. */
function scoreStatistic(first: ShareWithInterval, second: ShareWithInterval): number {
  const pooled = pooledShare(first, second);
  const variance = pooled * (1 - pooled) * (1 / first.effectiveSize + 1 / second.effectiveSize);
  return variance > 0 ? (first.share - second.share) / Math.sqrt(variance) : 0;
}

function pooledShare(first: ShareWithInterval, second: ShareWithInterval): number {
  const count = first.share * first.effectiveSize + second.share * second.effectiveSize;
  return Math.min(1, count / (first.effectiveSize + second.effectiveSize));
}

function smallestExpected(first: ShareWithInterval, second: ShareWithInterval): number {
  const pooled = pooledShare(first, second);
  return Math.min(first.effectiveSize, second.effectiveSize) * Math.min(pooled, 1 - pooled);
}

function fisherOfWhole(first: ShareWithInterval, second: ShareWithInterval): number {
  const [base1, base2] = [wholeSize(first), wholeSize(second)];
  return fisherExact(Math.round(first.share * base1), base1, Math.round(second.share * base2), base2);
}

function wholeSize({ effectiveSize }: ShareWithInterval): number {
  return Math.max(1, Math.round(effectiveSize));
}

/** Tables whose probabilities differ by less than this, of themselves, are equally likely. */
const SAME_PROBABILITY = 1e-7;

/**
 * Fisher's exact test of two shares: the probability, given all margins, of tables no likelier than that found.
 *
 * @param count1 whole, from 0 to base1; base1 whole, 1 or more; and so for the second group.
 * @returns two-sided p value, from 0 to 1.
 * @throws RangeError when a base or count is outside its range
 * @see Fisher 1935; Agresti 2013, Categorical Data Analysis, 3.5 (two-sided by probability, as R does).
 */
export function fisherExact(count1: number, base1: number, count2: number, base2: number): number {
  requireCount("Fisher's test", count1, base1);
  requireCount("Fisher's test", count2, base2);
  const both = count1 + count2;
  const logOf = (count: number) => hypergeometricLog(count, base1, both, base1 + base2);
  const found = logOf(count1) + SAME_PROBABILITY;
  let p = 0;
  for (let count = Math.max(0, both - base2); count <= Math.min(base1, both); count += 1) {
    const log = logOf(count);
    if (log <= found) p += Math.exp(log);
  }
  return Math.min(1, p);
}

/** What is said of a difference. */
export type DifferenceWord = 'higher' | 'lower' | 'no-clear-difference' | 'too-few-answers';

/**
 * The word for a difference. Never "no difference": what cannot be seen may still be there.
 *
 * @param difference first share less second.
 * @param adjustedP p value adjusted over all items of the unit and band (benjaminiHochberg).
 * @param bases protected numbers asked in both groups.
 * @param falseDiscoveryRate share of wrong words accepted among those that say higher or lower.
 * @see design note, "Differences".
 */
export function differenceWord(
  difference: number,
  adjustedP: number,
  bases: readonly [number, number],
  falseDiscoveryRate = 0.05,
): DifferenceWord {
  requireThat(
    adjustedP >= 0 && adjustedP <= 1,
    `Word for a difference: expected a p value from 0 to 1, found ${adjustedP}. Adjust it over all items first.`,
  );
  if (Math.min(...bases) < LEAST_BASE) return 'too-few-answers';
  if (adjustedP > falseDiscoveryRate || difference === 0) return 'no-clear-difference';
  return difference > 0 ? 'higher' : 'lower';
}
