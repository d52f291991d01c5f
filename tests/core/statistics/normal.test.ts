import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../../server/core/statistics/normal.ts';
import reference from './reference/expected_distributions.json' with { type: 'json' };

// R prints fifteen digits, so nothing closer than this can be asked of the comparison.
const RELATIVE_TOLERANCE = 1e-13;

function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(RELATIVE_TOLERANCE * Math.abs(expected));
}

/** Probability between 0 and z: Simpson's rule on the density, so that no approximation is shared. */
function probabilityFromMean(z: number): number {
  const steps = 2000;
  const width = z / steps;
  let total = 0;
  for (let step = 0; step <= steps; step += 1) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    total += weight * Math.exp(-((step * width) ** 2) / 2);
  }
  return (total * width) / 3 / Math.sqrt(2 * Math.PI);
}

describe('normal quantile', () => {
  test('the reference file holds nine of its quantiles', () => {
    expect(reference.cases.filter(({ fn }) => fn === 'qnorm')).toHaveLength(9);
  });

  test.each(reference.cases.filter(({ fn }) => fn === 'qnorm'))('is what R finds for $args', ({ args, value }) => {
    expectClose(normalQuantile(args[0] ?? NaN), value);
  });

  // Solved in thirty digits with mpmath, on either side of the seams between the three pieces.
  test.each([
    [1e-300, -37.047096299361199],
    [1e-100, -21.273453560965324],
    [1e-20, -9.2623400897984076],
    [1e-11, -6.7060231554951363],
    [2e-11, -6.6040775904056343],
    [1e-5, -4.2648907939228246],
    [0.002, -2.8781617390954834],
    [0.074, -1.4466320671589785],
    [0.0755, -1.436008227944182],
    [0.3, -0.52440051270804078],
  ])('keeps its accuracy at %d', (probability, expected) => {
    expectClose(normalQuantile(probability), expected);
  });

  test('undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (probability) => {
        const found = 0.5 + probabilityFromMean(normalQuantile(probability));
        expect(Math.abs(found - probability)).toBeLessThan(1e-12);
      }),
    );
  });

  test('is symmetric about one half', () => {
    // Multiples of a power of two, so that 1 − p is exact.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (numerator) => {
        const probability = numerator / 2 ** 20;
        expect(normalQuantile(probability) + normalQuantile(1 - probability)).toBe(0);
      }),
    );
  });

  test('rises with the probability, across the seams too', () => {
    const probability = fc.double({ min: 1e-300, max: 1 - 1e-12, noNaN: true });
    fc.assert(
      fc.property(probability, (start) => {
        expect(normalQuantile(start + (1 - start) / 1000)).toBeGreaterThan(normalQuantile(start));
      }),
    );
    for (const seam of [Math.exp(-25), 0.075, 0.925]) {
      expect(normalQuantile(seam * (1 + 1e-9))).toBeGreaterThan(normalQuantile(seam * (1 - 1e-9)));
    }
  });

  test.each([0, 1, -0.1, 97.5, NaN, Infinity])('refuses %d', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
    expect(() => normalQuantile(probability)).toThrow(`strictly between 0 and 1, found ${probability}. Give`);
  });
});
