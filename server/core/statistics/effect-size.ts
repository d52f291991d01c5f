/*
 * How far apart the means of two groups are: in standard deviations, and in standard errors.
 */
import { studentTwoSided } from './distributions.ts';
import { logGamma } from './gamma-function.ts';
import { requireFinite, requireThat } from './requirements.ts';
import { mean, sampleVariance } from './summaries.ts';

export interface EffectSize {
  /** Cohen's d: first mean less second, over the pooled standard deviation. */
  d: number;
  /** Hedges' g: d without its bias in small groups. */
  g: number;
  /** Welch's t of the same difference, variances of their own for each group. */
  t: number;
  /** Welch and Satterthwaite's degrees of freedom; a fraction as a rule. */
  degrees: number;
  /** Two-sided p value of t. */
  p: number;
}

/**
 * Hedges' g and Welch's test of two groups that have nobody in common.
 *
 * The correction of g is the exact one, by the gamma function on n₁ + n₂ − 2 degrees of freedom, as in R's
 * effectsize and metafor, and not its approximation 1 − 3 / (4m − 1); they differ by less than 1% from ten
 * persons on.
 *
 * @param first values of the first group, two or more.
 * @param second values of the second group, two or more.
 * @throws RangeError for a group of fewer than two, a value that is not finite, or values that do not differ
 *   within either group
 * @see Hedges 1981, Journal of Educational Statistics 6(2), 107–128; Welch 1947, Biometrika 34, 28–35.
 */
export function hedgesG(first: readonly number[], second: readonly number[]): EffectSize {
  for (const group of [first, second]) {
    requireThat(
      group.length > 1,
      `Hedges' g: expected two values or more in each group, found ${first.length} and ${second.length}. ` +
        'Hide what so few answered.',
    );
    requireFinite("Hedges' g", group);
  }
  const difference = mean(first) - mean(second);
  const [variance1, variance2] = [sampleVariance(first), sampleVariance(second)];
  requireThat(
    variance1 + variance2 > 0,
    "Hedges' g: expected values that differ within a group, found the same for all of both.",
  );
  const pooledDegrees = first.length + second.length - 2;
  const pooled = ((first.length - 1) * variance1 + (second.length - 1) * variance2) / pooledDegrees;
  const d = difference / Math.sqrt(pooled);
  const [square1, square2] = [variance1 / first.length, variance2 / second.length];
  const t = difference / Math.sqrt(square1 + square2);
  const degrees = (square1 + square2) ** 2 / (square1 ** 2 / (first.length - 1) + square2 ** 2 / (second.length - 1));
  return { d, g: d * smallSampleCorrection(pooledDegrees), t, degrees, p: studentTwoSided(t, degrees) };
}

/**
 * Hedges' J: Γ(m/2) / (√(m/2) Γ((m − 1)/2)).
 * @param degrees of freedom, 2 or more.
 */
export function smallSampleCorrection(degrees: number): number {
  return Math.exp(logGamma(degrees / 2) - logGamma((degrees - 1) / 2) - Math.log(degrees / 2) / 2);
}
