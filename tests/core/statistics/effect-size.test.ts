import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hedgesG, smallSampleCorrection } from '../../../server/core/statistics/effect-size.ts';
import { sampleVariance } from '../../../server/core/statistics/summaries.ts';

/* Figures from R are in tests/commands/stats.test.ts; here is what can be told without it. */

describe("Hedges' g", () => {
  test('by hand', () => {
    // Means 1 and 2, variances 2 and 2: d is −1/√2, and J on two degrees Γ(1)/Γ(½) = 1/√π. Welch: t = −1/√2 on 2
    // degrees, where |T| exceeds t with probability 1 − t/√(2 + t²).
    const { d, g, t, degrees, p } = hedgesG([0, 2], [1, 3]);
    expect(d).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(g).toBeCloseTo(-Math.SQRT1_2 / Math.sqrt(Math.PI), 12);
    expect(t).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(degrees).toBeCloseTo(2, 12);
    expect(p).toBeCloseTo(1 - Math.SQRT1_2 / Math.sqrt(2.5), 12);
  });

  test('the correction is close to 1 − 3/(4m − 1), and closer the more there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 5000 }), (degrees) => {
        const exact = smallSampleCorrection(degrees);
        expect(Math.abs(exact - (1 - 3 / (4 * degrees - 1)))).toBeLessThan(0.1 / degrees ** 2);
        expect(exact).toBeLessThan(1);
      }),
    );
  });

  const anyValues = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 30 });

  test('changes sign when groups are swapped, and does not depend on the unit', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (a, b) => {
        fc.pre(sampleVariance(a) + sampleVariance(b) > 0);
        const [there, back] = [hedgesG(a, b), hedgesG(b, a)];
        expect(back.g).toBeCloseTo(-there.g, 10);
        expect(back.t).toBeCloseTo(-there.t, 10);
        expect(back.p).toBeCloseTo(there.p, 10);
        expect(Math.abs(there.g)).toBeLessThanOrEqual(Math.abs(there.d));
        const inch = hedgesG(
          a.map((value) => value * 2.54 + 7),
          b.map((value) => value * 2.54 + 7),
        );
        expect(inch.g).toBeCloseTo(there.g, 8);
        // Welch and Satterthwaite: between the smaller group's degrees and all.
        expect(there.degrees).toBeGreaterThanOrEqual(Math.min(a.length, b.length) - 1 - 1e-9);
        expect(there.degrees).toBeLessThanOrEqual(a.length + b.length - 2 + 1e-9);
      }),
    );
  });

  test.each([
    [[1], [1, 2], 'found 1 and 2'],
    [[1, 1], [3, 3], 'found the same for all of both'],
    [[1, Infinity], [1, 2], 'found Infinity'],
  ])('refuses %j and %j', (a, b, message) => {
    expect(() => hedgesG(a, b)).toThrow(message);
  });
});
