/*
 * Shares of a known, finite roll, and exact intervals. The share of a release, whose interval carries the
 * design effect and the noise of protection, is in share.ts.
 *
 * What is said of the whole roll of a wave uses these; trends, gaps and funnels never do, because they are
 * about what might have been and not about the pupils of one day (design note, "Whole roll statements").
 */
import { betaQuantile } from './distributions.ts';
import { logChoices } from './gamma-function.ts';
import { DEFAULT_LEVEL, requireCount, requireLevel, requireThat } from './requirements.ts';
import { wilsonInterval, type ShareLimits } from './share.ts';

/** Rolls of fewer pupils are given the exact interval. */
export const EXACT_UNDER_ROLL = 100;

/** A count among those who answered, out of a roll of known size. */
export interface RollShare {
  /** Respondents who gave the answer, from 0 to base. */
  count: number;
  /** Respondents asked, 1 or more. */
  base: number;
  /** Pupils on the roll, base or more. */
  roll: number;
}

/**
 * The interval of a share of the whole roll: exact for small rolls, Wilson's for others.
 * @throws RangeError as the two functions do
 * @see design note, "Whole roll statements".
 */
export function rollInterval(input: RollShare, level: number = DEFAULT_LEVEL): ShareLimits {
  return input.roll < EXACT_UNDER_ROLL ? hypergeometricInterval(input, level) : wilsonFiniteInterval(input, level);
}

/**
 * Wilson's interval for a share of a finite population: the plain one on the effective size
 * n* = n (N − 1) / (N − n), the size at which a sample drawn with replacement would know as much.
 *
 * @returns proportions; both ends are the share itself where the whole roll answered.
 * @throws RangeError when a count is no whole number within its base, the base is more than the roll, or
 *   the level is outside its range
 * @see Wilson 1927; Cochran 1977, Sampling Techniques, 3.2 (variance of a share without replacement).
 */
export function wilsonFiniteInterval(input: RollShare, level: number = DEFAULT_LEVEL): ShareLimits {
  requireRollShare('Wilson interval of a roll', input);
  requireLevel('Wilson interval of a roll', level);
  const { count, base, roll } = input;
  const share = count / base;
  if (base === roll) return { low: share, high: share };
  return wilsonInterval(share, (base * (roll - 1)) / (roll - base), level);
}

/**
 * The exact interval for a share of a finite population: every number of pupils on the roll under which a
 * count as low, and one as high, as that found has a probability above half of what the level leaves.
 *
 * @returns proportions of the roll, each a whole number of pupils over the roll.
 * @throws RangeError as wilsonFiniteInterval does
 * @see Katz 1953 and Konijn 1973, as in Buonaccorsi 1987, The American Statistician 41(3), 215–218; the
 *   finite form of Clopper and Pearson 1934.
 */
export function hypergeometricInterval(input: RollShare, level: number = DEFAULT_LEVEL): ShareLimits {
  requireRollShare('Exact interval of a roll', input);
  requireLevel('Exact interval of a roll', level);
  const { count, base, roll } = input;
  const tail = (1 - level) / 2;
  const fewest = count;
  const most = roll - (base - count);
  // Both probabilities are monotone in the number on the roll, so each end is found by halving.
  const low = firstWhole(fewest, most, (pupils) => atLeast(count, base, pupils, roll) > tail);
  const high =
    roll - firstWhole(roll - most, roll - fewest, (others) => atLeast(base - count, base, others, roll) > tail);
  return { low: low / roll, high: high / roll };
}

/** The first whole number from `from` on for which it holds; `to` if for none before. */
function firstWhole(from: number, to: number, holds: (whole: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The probability that a sample of `base` from the roll holds `count` or more of the `pupils`. */
function atLeast(count: number, base: number, pupils: number, roll: number): number {
  // The sum runs away from the mean, so that its first term is its largest and does not vanish alone.
  if (count * roll > base * pupils) return sumUpwards(count, base, pupils, roll);
  return 1 - sumUpwards(base - count + 1, base, roll - pupils, roll);
}

function sumUpwards(count: number, base: number, pupils: number, roll: number): number {
  const most = Math.min(base, pupils);
  if (count > most || roll - pupils < base - count) return 0;
  let term = Math.exp(hypergeometricLog(count, base, pupils, roll));
  let total = 0;
  for (let found = count; found <= most && term > 0; found += 1) {
    total += term;
    term *= ((pupils - found) / (found + 1)) * ((base - found) / (roll - pupils - base + found + 1));
  }
  return total;
}

/**
 * The logarithm of the probability that a sample holds exactly so many of the pupils meant.
 *
 * @param found how many of them are in the sample.
 * @param base size of the sample, drawn without replacement.
 * @param pupils how many of them are on the roll.
 * @param roll size of the roll.
 */
export function hypergeometricLog(found: number, base: number, pupils: number, roll: number): number {
  return logChoices(pupils, found) + logChoices(roll - pupils, base - found) - logChoices(roll, base);
}

/**
 * Clopper and Pearson's exact interval, from the quantiles of the beta distribution; the base need not be
 * whole, so that an effective size can stand for it.
 *
 * @param share proportion from 0 to 1.
 * @param base above 0.
 * @returns proportions, exactly 0 below a share of 0 and 1 above a share of 1.
 * @throws RangeError for a share, base or level outside its range
 * @see Clopper and Pearson 1934, Biometrika 26, 404–413.
 */
export function exactInterval(share: number, base: number, level: number = DEFAULT_LEVEL): ShareLimits {
  requireLevel('Exact interval', level);
  requireThat(
    share >= 0 && share <= 1 && base > 0 && base < Infinity,
    `Exact interval: expected a share from 0 to 1 and a base above 0, found ${share} and ${base}.`,
  );
  const tail = (1 - level) / 2;
  return {
    low: share === 0 ? 0 : betaQuantile(tail, base * share, base * (1 - share) + 1),
    // The lower tail of the other share, because 1 − tail has lost digits.
    high: share === 1 ? 1 : 1 - betaQuantile(tail, base * (1 - share), base * share + 1),
  };
}

/**
 * What the share of the whole roll would be if all who did not answer had answered no, or all yes.
 *
 * @returns proportions of the roll; no level, because nothing here is left to chance.
 * @throws RangeError as wilsonFiniteInterval does
 * @see Manski 1995, Identification Problems in the Social Sciences, chapter 2.
 */
export function worstCaseBounds(input: RollShare): ShareLimits {
  requireRollShare('Worst case', input);
  const { count, base, roll } = input;
  return { low: count / roll, high: (count + roll - base) / roll };
}

function requireRollShare(what: string, { count, base, roll }: RollShare): void {
  requireCount(what, count, base);
  requireThat(
    Number.isSafeInteger(roll) && roll >= base,
    `${what}: expected a roll that is a whole number of at least the base of ${base}, found ${roll}. ` +
      'Use the share without a roll where more answered than are on it.',
  );
}
