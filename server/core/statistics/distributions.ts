/*
 * Tails and quantiles of the distributions that the statistics of a release need: normal, t, beta, F and
 * chi-square. Agreed with R 4.2.2 to 1e-12 (tests/core/statistics/reference/expected_distributions.json).
 *
 * A probability is that of lying below unless the name says upper. Ask for the upper tail where it is small:
 * one minus the lower tail has lost its digits.
 *
 * Source: M. Abramowitz and I. A. Stegun (1964), Handbook of Mathematical Functions, chapter 26.
 */
import { betaTails, gammaTails, pointWithTails, type Target } from './incomplete-functions.ts';
import { normalQuantile } from './normal.ts';
import { requireThat } from './requirements.ts';

/**
 * The probability that a standard normal variable exceeds a value.
 * @param value standard deviations from the mean, any number.
 */
export function normalUpper(value: number): number {
  if (value < 0) return 1 - normalUpper(-value);
  return value === 0 ? 0.5 : gammaTails(Math.log(value ** 2 / 2), 0.5).upper / 2;
}

/**
 * The probability that a standard normal variable stays below a value.
 * @param value standard deviations from the mean, any number.
 */
export function normalProbability(value: number): number {
  return normalUpper(-value);
}

/** The probability that a standard normal variable is further from 0 than a value, on either side. */
export function normalTwoSided(value: number): number {
  return Math.min(1, 2 * normalUpper(Math.abs(value)));
}

/**
 * The value that a standard normal variable stays within, on either side, with the given probability:
 * 1.96 for 0.95.
 * @param level strictly between 0 and 1.
 */
export function normalHalfWidth(level: number): number {
  // The lower tail, because (1 + level) / 2 rounds to 1 for levels close to 1.
  return -normalQuantile((1 - level) / 2);
}

/**
 * The probability that a t variable exceeds a value.
 * @param value any number.
 * @param degrees of freedom, above 0, need not be whole; Infinity is the normal distribution.
 * @throws RangeError for degrees that are 0 or less
 */
export function studentUpper(value: number, degrees: number): number {
  requireDegrees('t distribution', degrees);
  if (value < 0) return 1 - studentUpper(-value, degrees);
  if (value === 0) return 0.5;
  if (degrees === Infinity) return normalUpper(value);
  return betaTails(Math.log(value ** 2 / degrees), 0.5, degrees / 2).upper / 2;
}

/** The probability that a t variable stays below a value; arguments as for `studentUpper`. */
export function studentProbability(value: number, degrees: number): number {
  return studentUpper(-value, degrees);
}

/** The probability that a t variable is further from 0 than a value, on either side. */
export function studentTwoSided(value: number, degrees: number): number {
  return Math.min(1, 2 * studentUpper(Math.abs(value), degrees));
}

/**
 * The value that a t variable stays within, on either side, with the given probability.
 * @param level strictly between 0 and 1.
 * @param degrees of freedom, above 0; Infinity is the normal distribution.
 * @throws RangeError for a level or degrees outside their range
 */
export function studentHalfWidth(level: number, degrees: number): number {
  requireProbability('t quantile', level);
  return studentWithin({ lower: level, upper: 1 - level }, degrees);
}

/**
 * The value that a t variable stays below with the given probability.
 * @param probability strictly between 0 and 1.
 * @param degrees of freedom, above 0; Infinity is the normal distribution.
 * @throws RangeError for a probability or degrees outside their range
 */
export function studentQuantile(probability: number, degrees: number): number {
  requireProbability('t quantile', probability);
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  const distance = studentWithin({ lower: 1 - 2 * tail, upper: 2 * tail }, degrees);
  return probability < 0.5 ? -distance : distance;
}

function studentWithin(within: Target, degrees: number): number {
  requireDegrees('t quantile', degrees);
  if (degrees === Infinity) return -normalQuantile(within.upper / 2);
  const logit = pointWithTails((point) => betaTails(point, 0.5, degrees / 2), within);
  return Math.sqrt(degrees) * Math.exp(logit / 2);
}

/**
 * The probability that a beta variable stays below a value.
 * @param value from 0 to 1.
 * @param a first shape, above 0.
 * @param b second shape, above 0.
 * @throws RangeError for a value or a shape outside its range
 */
export function betaProbability(value: number, a: number, b: number): number {
  requireThat(value >= 0 && value <= 1, `Beta distribution: expected a value from 0 to 1, found ${value}.`);
  requireShapes(a, b);
  return betaTails(Math.log(value / (1 - value)), a, b).lower;
}

/**
 * The value that a beta variable stays below with the given probability.
 * @param probability strictly between 0 and 1.
 * @throws RangeError for a probability or a shape outside its range
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  requireProbability('Beta quantile', probability);
  requireShapes(a, b);
  return 1 / (1 + Math.exp(-betaLogit(probability, a, b)));
}

function betaLogit(probability: number, a: number, b: number): number {
  return pointWithTails((point) => betaTails(point, a, b), { lower: probability, upper: 1 - probability });
}

/**
 * The probability that an F variable exceeds a value.
 * @param value 0 or more.
 * @param above degrees of freedom of the numerator, above 0, need not be whole.
 * @param below those of the denominator.
 * @throws RangeError for a value or degrees outside their range
 */
export function fUpper(value: number, above: number, below: number): number {
  requireThat(value >= 0, `F distribution: expected a value of 0 or more, found ${value}.`);
  requireDegrees('F distribution', above);
  requireDegrees('F distribution', below);
  return betaTails(Math.log((above / below) * value), above / 2, below / 2).upper;
}

/**
 * The value that an F variable stays below with the given probability; degrees as for `fUpper`.
 * @param probability strictly between 0 and 1.
 * @throws RangeError for a probability or degrees outside their range
 */
export function fQuantile(probability: number, above: number, below: number): number {
  requireProbability('F quantile', probability);
  requireDegrees('F quantile', above);
  requireDegrees('F quantile', below);
  return (below / above) * Math.exp(betaLogit(probability, above / 2, below / 2));
}

/**
 * The probability that a chi-square variable exceeds a value.
 * @param value 0 or more.
 * @param degrees of freedom, above 0, need not be whole.
 * @throws RangeError for a value or degrees outside their range
 */
export function chiSquareUpper(value: number, degrees: number): number {
  requireThat(value >= 0, `Chi-square distribution: expected a value of 0 or more, found ${value}.`);
  requireDegrees('Chi-square distribution', degrees);
  return gammaTails(Math.log(value / 2), degrees / 2).upper;
}

/**
 * The value that a chi-square variable stays below with the given probability.
 * @param probability strictly between 0 and 1.
 * @throws RangeError for a probability or degrees outside their range
 */
export function chiSquareQuantile(probability: number, degrees: number): number {
  requireProbability('Chi-square quantile', probability);
  requireDegrees('Chi-square quantile', degrees);
  const target = { lower: probability, upper: 1 - probability };
  return 2 * Math.exp(pointWithTails((point) => gammaTails(point, degrees / 2), target));
}

function requireDegrees(what: string, degrees: number): void {
  requireThat(
    degrees > 0,
    `${what}: expected degrees of freedom above 0, found ${degrees}. Give more people or units than are estimated.`,
  );
}

function requireShapes(a: number, b: number): void {
  requireThat(
    a > 0 && b > 0 && a + b < Infinity,
    `Beta distribution: expected two finite shapes above 0, found ${a} and ${b}.`,
  );
}

function requireProbability(what: string, probability: number): void {
  requireThat(
    probability > 0 && probability < 1,
    `${what}: expected a probability strictly between 0 and 1, found ${probability}. ` +
      'Give it as a proportion, not as a percentage.',
  );
}
