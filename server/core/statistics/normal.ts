/*
 * The standard normal distribution, as far as the statistics of a release need it.
 *
 * Source: M. J. Wichura (1988), Algorithm AS 241: The percentage points of the normal distribution,
 * Applied Statistics 37(3), 477–484; the PPND16 variant, good to about one part in 10^16.
 */

/** A rational function: coefficients of numerator and denominator, constant term first. */
interface RationalFunction {
  numerator: readonly number[];
  denominator: readonly number[];
}

// The paper prints twenty digits; these are the same numbers with the digits that a double can hold.

/** For probabilities within CENTRE_HALF_WIDTH of one half. */
const CENTRE: RationalFunction = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};

/** For the tails down to a probability of exp(−25), about 1.4e-11. */
const NEAR_TAIL: RationalFunction = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

/** For what lies beyond. */
const FAR_TAIL: RationalFunction = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

// Where the three pieces meet, and the point each was fitted around.
const CENTRE_HALF_WIDTH = 0.425;
const CENTRE_ORIGIN = CENTRE_HALF_WIDTH ** 2;
const NEAR_TAIL_END = 5;
const NEAR_TAIL_ORIGIN = 1.6;
const FAR_TAIL_ORIGIN = NEAR_TAIL_END;

/**
 * The value that a standard normal variable stays below with the given probability:
 * `normalQuantile(0.975)` is 1.959963984540054.
 *
 * For an upper tail too thin to be written as a probability near 1, ask for the lower tail and change
 * the sign: `-normalQuantile(1e-20)`.
 *
 * @param probability a single number strictly between 0 and 1 (not a percentage).
 * @returns the quantile in standard deviations from the mean, relative error below 1e-13.
 * @throws RangeError when the probability is 0, 1, outside them, or not a number.
 * @see Wichura 1988, Algorithm AS 241 (PPND16).
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(
      `Normal quantile: expected a probability strictly between 0 and 1, found ${probability}. ` +
        'Give the lower tail as a proportion, not as a percentage.',
    );
  }
  const fromCentre = probability - 0.5;
  if (Math.abs(fromCentre) <= CENTRE_HALF_WIDTH) {
    return fromCentre * evaluate(CENTRE, CENTRE_ORIGIN - fromCentre ** 2);
  }
  return fromCentre < 0 ? -tailDistance(probability) : tailDistance(1 - probability);
}

/** How far from the mean, in standard deviations, a tail of this probability begins. */
function tailDistance(tail: number): number {
  const depth = Math.sqrt(-Math.log(tail));
  return depth <= NEAR_TAIL_END
    ? evaluate(NEAR_TAIL, depth - NEAR_TAIL_ORIGIN)
    : evaluate(FAR_TAIL, depth - FAR_TAIL_ORIGIN);
}

function evaluate(rational: RationalFunction, at: number): number {
  return polynomial(rational.numerator, at) / polynomial(rational.denominator, at);
}

/** Horner's scheme, which needs no powers and so loses no digits to them. */
function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * at + coefficient, 0);
}
