import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaProbability,
  betaQuantile,
  chiSquareQuantile,
  chiSquareUpper,
  fQuantile,
  fUpper,
  normalHalfWidth,
  normalProbability,
  normalTwoSided,
  normalUpper,
  studentHalfWidth,
  studentProbability,
  studentQuantile,
  studentTwoSided,
  studentUpper,
} from '../../../server/core/statistics/distributions.ts';
import { logChoices, logGamma, stirlingError } from '../../../server/core/statistics/gamma-function.ts';
import { normalQuantile } from '../../../server/core/statistics/normal.ts';
import reference from './reference/expected_distributions.json' with { type: 'json' };

const FUNCTIONS: Record<string, (...args: number[]) => number> = {
  qnorm: normalQuantile,
  pnorm: normalProbability,
  qt: studentQuantile,
  pt: studentProbability,
  qbeta: betaQuantile,
  qf: fQuantile,
  pf_upper: fUpper,
  qchisq: chiSquareQuantile,
  pchisq_upper: chiSquareUpper,
};

function expectClose(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

const anyProbability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const anyDegrees = fc.double({ min: 0.5, max: 1e5, noNaN: true });
const anyShape = fc.double({ min: 0.1, max: 1e4, noNaN: true });

describe('distributions', () => {
  test('the reference file asks every function', () => {
    expect(new Set(reference.cases.map(({ fn }) => fn))).toEqual(new Set(Object.keys(FUNCTIONS)));
  });

  // The file asks for 1e-8; R itself is the worse of the two in the t quantile on a million degrees.
  test.each(reference.cases)('$fn of $args is what R finds', ({ fn, args, value }) => {
    const found = FUNCTIONS[fn]?.(...args) ?? NaN;
    expectClose(found, value, 1e-12);
  });

  // Worked out in thirty digits with mpmath.
  test.each([
    ['t', studentUpper(12, 4), 0.000138214274251486477],
    ['t on a million degrees', studentUpper(3, 1e6), 0.00134993127071089852935],
    ['t quantile on a million degrees', studentQuantile(0.975, 1e6), 1.95996635681410703526],
    ['beta', betaProbability(0.3, 2.5, 7), 0.641222462971721197562],
    ['F', fUpper(4.2, 3, 17), 0.02143785785239703909],
    ['chi-square', chiSquareUpper(250, 120), 3.63647701104471817573e-11],
    ['normal', normalUpper(12), 1.7764821120776789977e-33],
    ['normal, far out', normalUpper(35), 1.12491070647240624397e-268],
  ])('keeps its digits in a thin tail: %s', (_name, found, expected) => {
    expectClose(found, expected, 5e-13);
  });

  test('closed forms', () => {
    // Chi-square on two degrees is exponential; t on one is Cauchy; beta(1, b) is 1 − (1 − x)^b.
    expectClose(chiSquareUpper(7, 2), Math.exp(-3.5), 1e-14);
    expectClose(studentQuantile(0.9, 1), Math.tan(Math.PI * 0.4), 1e-14);
    expectClose(betaProbability(0.2, 1, 6), 1 - 0.8 ** 6, 1e-14);
    // F on (2, m) exceeds f with probability (1 + 2f/m)^(−m/2).
    expectClose(fUpper(3, 2, 8), (1 + 6 / 8) ** -4, 1e-14);
    expect(studentQuantile(0.5, 7)).toBe(0);
  });

  test('ends of the scale', () => {
    expect(betaProbability(0, 2, 3)).toBe(0);
    expect(betaProbability(1, 2, 3)).toBe(1);
    expect(fUpper(0, 2, 3)).toBe(1);
    expect(chiSquareUpper(0, 3)).toBe(1);
    expect(normalUpper(0)).toBe(0.5);
    expect(studentUpper(0, 5)).toBe(0.5);
    expect(normalUpper(50)).toBe(0);
    expect(normalTwoSided(0)).toBe(1);
  });

  test('a beta tail is a binomial sum', () => {
    const sizes = fc
      .integer({ min: 1, max: 60 })
      .chain((base) => fc.tuple(fc.integer({ min: 1, max: base }), fc.constant(base)));
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([count, base], share) => {
        let sum = 0;
        for (let k = count; k <= base; k += 1)
          sum += Math.exp(logChoices(base, k)) * share ** k * (1 - share) ** (base - k);
        expect(Math.abs(betaProbability(share, count, base - count + 1) - sum)).toBeLessThan(1e-12);
      }),
    );
  });

  test('quantiles undo probabilities', () => {
    fc.assert(
      fc.property(anyProbability, anyDegrees, anyShape, anyShape, (p, degrees, a, b) => {
        const near = (found: number) => expect(Math.abs(found - p)).toBeLessThan(1e-12 + 1e-10 * Math.min(p, 1 - p));
        near(studentProbability(studentQuantile(p, degrees), degrees));
        near(1 - fUpper(fQuantile(p, degrees, a), degrees, a));
        near(1 - chiSquareUpper(chiSquareQuantile(p, degrees), degrees));
        const x = betaQuantile(p, a, b);
        if (x > 1e-300 && x < 1 - 1e-3) near(betaProbability(x, a, b));
      }),
    );
  });

  test('quantiles rise with the probability', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.99, noNaN: true }), anyDegrees, anyShape, (p, degrees, shape) => {
        const more = p + (1 - p) / 1000;
        expect(studentQuantile(more, degrees)).toBeGreaterThan(studentQuantile(p, degrees));
        expect(chiSquareQuantile(more, degrees)).toBeGreaterThan(chiSquareQuantile(p, degrees));
        expect(fQuantile(more, degrees, shape)).toBeGreaterThan(fQuantile(p, degrees, shape));
      }),
    );
  });

  test('t is symmetric, squared it is F, and without end of degrees normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), anyDegrees, (value, degrees) => {
        expect(studentProbability(-value, degrees)).toBe(studentUpper(value, degrees));
        expectClose(fUpper(value ** 2, 1, degrees), studentTwoSided(value, degrees), 1e-10);
        expect(studentUpper(value, Infinity)).toBe(normalUpper(value));
      }),
    );
    expect(studentHalfWidth(0.95, Infinity)).toBeCloseTo(normalHalfWidth(0.95), 12);
    expect(studentHalfWidth(0.95, 9)).toBeCloseTo(studentQuantile(0.975, 9), 12);
  });

  test.each([
    ['a level as a percentage', () => studentQuantile(97.5, 3), 'strictly between 0 and 1, found 97.5'],
    ['no degrees', () => studentHalfWidth(0.95, 0), 'degrees of freedom above 0, found 0'],
    ['no degrees below', () => fUpper(1, 2, -1), 'degrees of freedom above 0, found -1'],
    ['a value below 0', () => chiSquareUpper(-1, 2), '0 or more, found -1'],
    ['a value above 1', () => betaProbability(1.5, 1, 1), 'from 0 to 1, found 1.5'],
    ['no shape', () => betaQuantile(0.5, 0, 1), 'shapes above 0, found 0 and 1'],
    ['not a number', () => chiSquareQuantile(NaN, 2), 'found NaN'],
  ])('refuses %s', (_name, ask, message) => {
    expect(ask).toThrow(RangeError);
    expect(ask).toThrow(message);
  });
});

describe('gamma function', () => {
  test('of whole numbers is a factorial', () => {
    let factorial = 1;
    for (let whole = 1; whole <= 20; whole += 1) {
      expect(Math.abs(logGamma(whole) - Math.log(factorial))).toBeLessThan(1e-14 * Math.max(1, Math.log(factorial)));
      factorial *= whole;
    }
  });

  test('of one half is the root of pi', () => {
    expect(Math.abs(logGamma(0.5) - Math.log(Math.PI) / 2)).toBeLessThan(1e-15);
  });

  test("Stirling's error falls, between its first two terms", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 1e6, noNaN: true }), (x) => {
        expect(stirlingError(x)).toBeLessThan(1 / (12 * x) + 1e-15);
        expect(stirlingError(x)).toBeGreaterThan(1 / (12 * x) - 1 / (360 * x ** 3) - 1e-15);
        expect(stirlingError(x * 1.01)).toBeLessThan(stirlingError(x));
      }),
    );
  });
});
