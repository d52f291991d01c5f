/*
 * The logarithm of the gamma function, and the two terms from which densities are put together without
 * losing digits to large logarithms that nearly cancel.
 *
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities; Stirling's series
 * with Bernoulli's numbers, e.g. NIST Digital Library of Mathematical Functions, 5.11.1.
 */

/** Half the logarithm of 2π. */
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** From here on what five terms of Stirling's series leave out is less than a double can tell. */
const SERIES_FROM = 16;

/** B₂ₖ / (2k(2k − 1)), the coefficients of Stirling's series in odd powers of 1/x. */
const STIRLING_SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188];

/**
 * What Stirling's formula leaves out: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π.
 *
 * @param x above 0.
 * @returns a number without unit, above 0, falling towards 0; absolute error below 1e-15.
 */
export function stirlingError(x: number): number {
  let rest = 0;
  let at = x;
  // The remainder at x is that at x + 1 and one step more, so small arguments are carried up.
  for (; at < SERIES_FROM; at += 1) rest += (at + 0.5) * Math.log1p(1 / at) - 1;
  const inverse = 1 / at;
  const series = STIRLING_SERIES.reduceRight((total, coefficient) => total * inverse ** 2 + coefficient, 0);
  return rest + series * inverse;
}

/**
 * The natural logarithm of the gamma function.
 *
 * @param x above 0.
 * @returns ln Γ(x); error below 1e-14 of max(1, |ln Γ(x)|).
 */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/**
 * The natural logarithm of the number of ways to choose some of a set.
 *
 * @param of size of the set, whole, 0 or more.
 * @param chosen whole, from 0 to `of`.
 */
export function logChoices(of: number, chosen: number): number {
  return logGamma(of + 1) - logGamma(chosen + 1) - logGamma(of - chosen + 1);
}

/**
 * How far a count is from its mean, as the exponent of a Poisson density: x ln(x / m) + m − x, without
 * the cancellation when the two are close.
 *
 * @param x above 0.
 * @param mean above 0.
 * @returns 0 or more, 0 where the two are equal.
 */
export function deviance(x: number, mean: number): number {
  const apart = x - mean;
  if (Math.abs(apart) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - apart;
  const ratio = apart / (x + mean);
  let total = apart * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio ** 2;
    const next = total + power / odd;
    if (next === total) return total;
    total = next;
  }
}
