/*
 * A share with its interval, from protected counts alone: a percentage and interval made from true
 * counts would give the counts away. Design note: disclosure and statistics, "Statistics", "Share".
 *
 * Two things widen the interval beyond that of a simple random sample: pupils of one school answer
 * alike (design effect), and protection has moved both counts (noise variance). Both are folded into
 * one effective size, on which the plain Wilson interval then stands.
 */
import { normalQuantile } from './normal.ts';
import {
  DEFAULT_LEVEL,
  requireBase,
  requireCount,
  requireLevel,
  requireProportion,
  requireThat,
} from './requirements.ts';
import { sum } from './summaries.ts';

/** How alike pupils of one school answer (intraclass correlation); from the MYRIAD trial. */
export const RHO = 0.02;

/** The same for items on school climate, where the school itself is what is asked about. */
export const RHO_SCHOOL_CLIMATE = 0.05;

/**
 * Variance, in squared respondents, of what rounding to the nearest 5 adds to a count: the errors
 * −2, −1, 0, 1 and 2 are taken as equally likely. For cell key noise use the V of its table instead.
 */
export const BASE_5_NOISE_VARIANCE = 2;

/** Limits of a share: proportions, 0 ≤ low ≤ high ≤ 1. */
export interface ShareLimits {
  low: number;
  high: number;
}

/** What moves a share away from the truth, other than chance in a simple random sample. */
export interface ShareUncertainty {
  /** From `designEffect`: 1 or more, without unit. */
  designEffect: number;
  /** Variance of the protection noise of one count, in squared respondents: 0 or more, 0 for none. */
  noiseVariance: number;
}

export interface EffectiveSizeInput extends ShareUncertainty {
  /** Proportion from 0 to 1, protected count over protected base. */
  share: number;
  /** Protected number of respondents asked, 1 or more. */
  base: number;
}

export interface ShareInput extends ShareUncertainty {
  /** Protected number of respondents who gave the answer, from 0 to base. */
  count: number;
  /** Protected number of respondents asked, 1 or more. */
  base: number;
  /** Confidence level, 0.95 unless told. */
  level?: number;
}

export interface ShareWithInterval extends ShareLimits {
  /** Proportion from 0 to 1. */
  share: number;
  /** Respondents of a simple random sample that would tell as much; a fraction as a rule. */
  effectiveSize: number;
}

/**
 * Wilson's score interval, without continuity correction.
 *
 * @param share proportion from 0 to 1.
 * @param effectiveSize respondents, above 0; need not be whole.
 * @param level confidence, strictly between 0 and 1.
 * @returns `{ low, high }`, proportions that hold the share between them; exactly 0 below a share of
 *   0 and exactly 1 above a share of 1.
 * @throws RangeError when an argument is outside its range or not a number.
 * @see Wilson 1927, Journal of the American Statistical Association 22, 209–212.
 */
export function wilsonInterval(share: number, effectiveSize: number, level: number = DEFAULT_LEVEL): ShareLimits {
  requireProportion('Wilson interval', share);
  requireThat(
    effectiveSize > 0 && Number.isFinite(effectiveSize),
    `Wilson interval: expected an effective size above 0, found ${effectiveSize}. Hide a row that has no base.`,
  );
  requireLevel('Wilson interval', level);
  // The lower tail, because (1 + level) / 2 rounds to 1 for levels close to 1.
  const shift = normalQuantile((1 - level) / 2) ** 2 / 2 / effectiveSize;
  const spread = Math.sqrt(shift * (shift + 2 * share * (1 - share)));
  return {
    low: lowerLimit(share, shift + spread),
    high: 1 - lowerLimit(1 - share, shift + spread),
  };
}

/**
 * The smaller root of Wilson's quadratic. Taken from the product of its roots and not from their
 * difference, which would leave a rounding error where the limit is exactly 0.
 */
function lowerLimit(share: number, reach: number): number {
  return share === 0 ? 0 : share * (share / (share + reach));
}

/**
 * How much larger a variance is because respondents come in schools: 1 + (m′ − 1)ρ, where
 * m′ = Σm² / Σm is the size of school that a pupil is in, on average.
 *
 * @param schoolSizes pupils on the roll of each school in the unit, whole numbers; a school with none
 *   is left out.
 * @param rho correlation of answers within a school, from 0 to 1: RHO or RHO_SCHOOL_CLIMATE.
 * @returns a factor without unit, 1 or more; exactly 1 for one school, whose figure says nothing
 *   about other schools.
 * @throws RangeError when a size is not a whole number of 0 or more, when no school has pupils, or
 *   when rho is outside 0 to 1.
 * @see Kish 1965, Survey Sampling; design note, "Share".
 */
export function designEffect(schoolSizes: readonly number[], rho: number): number {
  requireThat(
    rho >= 0 && rho <= 1,
    `Design effect: expected a rho from 0 to 1, found ${rho}. Use RHO, or RHO_SCHOOL_CLIMATE for school climate.`,
  );
  for (const size of schoolSizes) requireSchoolSize(size);
  const sizes = schoolSizes.filter((size) => size > 0);
  requireThat(
    sizes.length > 0,
    `Design effect: expected a school with pupils, found none among ${schoolSizes.length}. ` +
      'Hide a unit that has nobody on its roll.',
  );
  if (sizes.length === 1) return 1;
  const typicalSize = sum(sizes.map((size) => size ** 2)) / sum(sizes);
  return 1 + (typicalSize - 1) * rho;
}

function requireSchoolSize(size: number): void {
  requireThat(
    Number.isSafeInteger(size) && size >= 0,
    `Design effect: expected school sizes that are whole numbers of 0 or more, found ${size}. ` +
      'Take the sizes from the roll.',
  );
}

/**
 * The size of the simple random sample, counted without noise, that would know the share as well:
 * p(1 − p) / var with var = p(1 − p)·deff / n + Vn(1 + p²) / n².
 *
 * The noise term is that of a ratio of two counts, each with its own noise of variance Vn; it is
 * not the same for a share and for its complement. In the formula p stays 0.5 / n away from 0
 * and 1, where the sampling variance would vanish and the noise alone would decide.
 *
 * @param input share (proportion), base (protected respondents), design effect, and noise variance
 *   (squared respondents).
 * @returns respondents, above 0, as a rule a fraction; base / designEffect when there is no noise.
 * @throws RangeError when the share is outside 0 to 1, the base is not a whole number of 1 or more,
 *   the design effect is under 1, or the noise variance is negative.
 * @see Kish 1965, Survey Sampling (effective size); design note, "Share" (noise of protection).
 */
export function effectiveSize(input: EffectiveSizeInput): number {
  requireProportion('Effective size', input.share);
  requireBase('Effective size', input.base);
  requireUncertainty(input);
  const margin = 0.5 / input.base;
  const share = Math.min(Math.max(input.share, margin), 1 - margin);
  const noise = (input.noiseVariance * (1 + share ** 2)) / (input.base * share * (1 - share));
  // p(1 − p) / var with p(1 − p) / n cancelled, so that without noise it is exactly n / deff.
  return input.base / (input.designEffect + noise);
}

function requireUncertainty(uncertainty: ShareUncertainty): void {
  requireThat(
    uncertainty.designEffect >= 1 && Number.isFinite(uncertainty.designEffect),
    `Effective size: expected a design effect of 1 or more, found ${uncertainty.designEffect}. ` +
      'Take it from designEffect().',
  );
  requireThat(
    uncertainty.noiseVariance >= 0 && Number.isFinite(uncertainty.noiseVariance),
    `Effective size: expected a noise variance of 0 or more, found ${uncertainty.noiseVariance}. ` +
      'Use BASE_5_NOISE_VARIANCE, or the V of the cell key table.',
  );
}

/**
 * A share and its interval. Give it protected counts only, and only those of rows that the rules
 * of the release let be shown: nothing is hidden here.
 *
 * @param input count and base (protected respondents), design effect, noise variance (squared
 *   respondents), and the confidence level, 0.95 unless told.
 * @returns `{ share, low, high, effectiveSize }`: three proportions and a number of respondents.
 * @throws RangeError when the base is not a whole number of 1 or more, when the count is not a whole
 *   number from 0 to the base, or when another figure is outside its range.
 * @see Wilson 1927; Kish 1965; design note, "Share".
 */
export function shareWithInterval(input: ShareInput): ShareWithInterval {
  const { count, base, level = DEFAULT_LEVEL } = input;
  requireCount('Share', count, base);
  const share = count / base;
  const size = effectiveSize({
    share,
    base,
    designEffect: input.designEffect,
    noiseVariance: input.noiseVariance,
  });
  return { share, ...wilsonInterval(share, size, level), effectiveSize: size };
}
