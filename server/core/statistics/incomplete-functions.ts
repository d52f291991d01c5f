/*
 * The incomplete beta and gamma functions: both tails at once, each with its own relative accuracy, from
 * which all distributions but the normal quantile are made.
 *
 * Both are asked for on a scale that has no ends (the logit, the logarithm), so that an argument very near
 * 1 is no less exact than one very near 0.
 *
 * Source: M. Abramowitz and I. A. Stegun (1964), Handbook of Mathematical Functions, 6.5.29 and 6.5.31;
 * A. R. Didonato and A. H. Morris (1992), Algorithm 708, ACM Transactions on Mathematical Software 18(3), 360–373; W. J. Lentz (1976), Applied Optics 15(3), 668–671, for continued fractions, as modified by I. J. Thompson and
 * A. R. Barnett (1986); C. Loader (2000) for the densities in front of them.
 */
import { deviance, stirlingError } from './gamma-function.ts';

/** What a distribution says of a point of its scale. */
export interface Tails {
  /** Probability of lying below, from 0 to 1. */
  lower: number;
  /** Probability of lying above; one minus the other, with its own digits. */
  upper: number;
  /** How fast `lower` rises along the scale. */
  density: number;
}

const TINY = 1e-300;
const CLOSE_ENOUGH = 1e-16;
const MOST_STEPS = 100_000;

/**
 * Both tails of the beta distribution at x = 1 / (1 + exp(−logit)).
 *
 * @param logit ln(x / (1 − x)), any number.
 * @param a first shape, above 0.
 * @param b second shape, above 0.
 * @returns tails and their slope along the logit; relative error of the smaller tail about 1e-13.
 */
export function betaTails(logit: number, a: number, b: number): Tails {
  const x = 1 / (1 + Math.exp(-logit));
  const y = 1 / (1 + Math.exp(logit));
  if (x === 0) return { lower: 0, upper: 1, density: 0 };
  if (y === 0) return { lower: 1, upper: 0, density: 0 };
  const density = betaDensity(x, y, a, b);
  // The fraction converges fast below the mean of the distribution; above it the other tail is asked.
  if (x < (a + 1) / (a + b + 2)) {
    const lower = density / betaFraction(x, y, a, b);
    return { lower, upper: 1 - lower, density };
  }
  const upper = density / betaFraction(y, x, b, a);
  return { lower: 1 - upper, upper, density };
}

/** x^a y^b / B(a, b), where y is 1 − x. */
function betaDensity(x: number, y: number, a: number, b: number): number {
  const size = a + b;
  const exponent =
    stirlingError(size) - stirlingError(a) - stirlingError(b) - deviance(a, size * x) - deviance(b, size * y);
  return Math.sqrt(((a / size) * b) / (2 * Math.PI)) * Math.exp(exponent);
}

/**
 * The continued fraction of Didonato and Morris, by Lentz's method. It asks for 1 − x
 * besides x, because for large shapes the difference of the two decides.
 */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const termAt = (step: number) =>
    step +
    (step * (b - step) * x) / (a + 2 * step - 1) +
    ((a + step) * (a * y - b * x + 1 + step * (1 + y))) / (a + 2 * step + 1);
  let value = away((a * (a * y - b * x + 1)) / (a + 1));
  let upward = value;
  let downward = 0;
  for (let step = 1; step < MOST_STEPS; step += 1) {
    const top = ((a + step - 1) * (a + b + step - 1) * step * (b - step) * x ** 2) / (a + 2 * step - 1) ** 2;
    const bottom = termAt(step);
    downward = 1 / away(bottom + top * downward);
    upward = away(bottom + top / upward);
    const factor = downward * upward;
    value *= factor;
    if (Math.abs(factor - 1) <= CLOSE_ENOUGH) return value;
  }
  return value;
}

/**
 * Both tails of the gamma distribution with unit scale at x = exp(logarithm).
 *
 * @param logarithm ln x, any number.
 * @param shape above 0.
 * @returns tails and their slope along the logarithm; relative error of the smaller tail about 1e-13.
 */
export function gammaTails(logarithm: number, shape: number): Tails {
  const x = Math.exp(logarithm);
  if (x === 0) return { lower: 0, upper: 1, density: 0 };
  if (x === Infinity) return { lower: 1, upper: 0, density: 0 };
  const density = Math.sqrt(shape / (2 * Math.PI)) * Math.exp(-stirlingError(shape) - deviance(shape, x));
  if (x < shape + 1) {
    const lower = density * gammaSeries(x, shape);
    return { lower, upper: 1 - lower, density };
  }
  const upper = density * gammaFraction(x, shape);
  return { lower: 1 - upper, upper, density };
}

/** The series 6.5.29: Σ x^k / (a (a + 1) … (a + k)). */
function gammaSeries(x: number, shape: number): number {
  let term = 1 / shape;
  let total = term;
  for (let step = 1; step < MOST_STEPS && term > total * CLOSE_ENOUGH; step += 1) {
    term *= x / (shape + step);
    total += term;
  }
  return total;
}

/** The continued fraction 6.5.31 in its even form, by Lentz's method. */
function gammaFraction(x: number, shape: number): number {
  let bottom = x + 1 - shape;
  let upward = 1 / TINY;
  let downward = 1 / bottom;
  let value = downward;
  for (let step = 1; step < MOST_STEPS; step += 1) {
    const top = -step * (step - shape);
    bottom += 2;
    downward = 1 / away(top * downward + bottom);
    upward = away(bottom + top / upward);
    const factor = downward * upward;
    value *= factor;
    if (Math.abs(factor - 1) <= CLOSE_ENOUGH) return value;
  }
  return value;
}

/** Lentz's method never divides by nothing. */
function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** Two probabilities that add up to 1, each with its own digits. */
export type Target = Pick<Tails, 'lower' | 'upper'>;

/** Beyond this a probability no longer differs from 0 or 1 in a double. */
const END_OF_SCALE = 700;

/**
 * The point of a scale at which a distribution has the wanted tails: Newton's steps on the logarithm of the
 * smaller tail, halving the bracket whenever a step would leave it.
 *
 * @param tailsAt rises along the scale.
 * @param target the tails wanted; the smaller one decides.
 * @returns the point, with an error of about one part in 10^15 of max(1, |point|).
 */
export function pointWithTails(tailsAt: (point: number) => Tails, target: Target): number {
  const side = target.lower <= target.upper ? 'lower' : 'upper';
  const direction = side === 'lower' ? 1 : -1;
  let low = -END_OF_SCALE;
  let high = END_OF_SCALE;
  let point = 0;
  for (let step = 0; step < 300; step += 1) {
    const tails = tailsAt(point);
    const excess = direction * (Math.log(tails[side]) - Math.log(target[side]));
    if (excess === 0) return point;
    if (excess > 0) high = point;
    else low = point;
    const newton = point - (excess * tails[side]) / tails.density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - point) <= 4e-16 * Math.max(1, Math.abs(point))) return next;
    point = next;
  }
  return point;
}
