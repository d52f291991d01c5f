import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BASE_5_NOISE_VARIANCE,
  RHO,
  RHO_SCHOOL_CLIMATE,
  designEffect,
  effectiveSize,
  shareWithInterval,
  wilsonInterval,
} from '../../../server/core/statistics/share.ts';
import type { ShareInput, ShareLimits } from '../../../server/core/statistics/share.ts';
import { listOf, numberOf, recordsOf, sizesOf, type ProportionRecord } from './reference/proportions.ts';

interface WilsonCase {
  name: string;
  share: number;
  size: number;
  level: number;
  expected: number[];
  tolerance: number;
}

const wilsonCases = recordsOf('prop').flatMap(wilsonCasesOf);

/** The plain Wilson intervals of a record; those with continuity correction are another method. */
function wilsonCasesOf(record: ProportionRecord): WilsonCase[] {
  const { count, base } = sizesOf(record);
  const candidates = [
    { name: 'wilson95', size: base, level: 0.95 },
    { name: 'wilson998', size: base, level: 0.998 },
    { name: 'wilson_fpc95', size: 'n_star' in record.expected ? numberOf(record, 'n_star') : NaN, level: 0.95 },
    { name: 'wilson_no_fpc95', size: base, level: 0.95 },
  ];
  return candidates
    .filter(({ name }) => name in record.expected)
    .map(({ name, ...rest }) => ({
      ...rest,
      name: `${record.id} ${name}`,
      expected: listOf(record, name),
      share: count / base,
      tolerance: record.tolerance,
    }));
}

function expectLimits(found: ShareLimits, expected: readonly number[], tolerance: number): void {
  expect(expected).toHaveLength(2);
  expect(Math.abs(found.low - (expected[0] ?? NaN))).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(found.high - (expected[1] ?? NaN))).toBeLessThanOrEqual(tolerance);
}

function width(limits: ShareLimits): number {
  return limits.high - limits.low;
}

const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
const anySize = fc.double({ min: 0.1, max: 1e5, noNaN: true });
const anyLevel = fc.double({ min: 0.5, max: 0.9999, noNaN: true });
const anyRho = fc.double({ min: 0, max: 1, noNaN: true });
const anyDesignEffect = fc.double({ min: 1, max: 50, noNaN: true });
const anyNoiseVariance = fc.double({ min: 0, max: 5, noNaN: true });
const anySchools = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 40 });
const anyCountAndBase = fc
  .integer({ min: 1, max: 50_000 })
  .chain((base) => fc.record({ base: fc.constant(base), count: fc.integer({ min: 0, max: base }) }));
const anyUncertainty = fc.record({ designEffect: anyDesignEffect, noiseVariance: anyNoiseVariance });

describe('Wilson interval', () => {
  test('the reference file holds 32 plain Wilson intervals', () => {
    expect(wilsonCases).toHaveLength(32);
  });

  test.each(wilsonCases)('$name', ({ share, size, level, expected, tolerance }) => {
    expectLimits(wilsonInterval(share, size, level), expected, tolerance);
  });

  test('is at 95% unless told', () => {
    expect(wilsonInterval(0.3, 80)).toEqual(wilsonInterval(0.3, 80, 0.95));
  });

  test('is exact at its ends', () => {
    expect(wilsonInterval(0, 10).low).toBe(0);
    expect(wilsonInterval(1, 10).high).toBe(1);
  });

  test('lies within 0 and 1 and holds the share', () => {
    fc.assert(
      fc.property(anyShare, anySize, anyLevel, (share, size, level) => {
        const { low, high } = wilsonInterval(share, size, level);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('its limits are where the score test just rejects', () => {
    const inner = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(inner, fc.double({ min: 1, max: 1e4, noNaN: true }), (share, size) => {
        const { low, high } = wilsonInterval(share, size);
        for (const limit of [low, high]) {
          const score = Math.abs(share - limit) / Math.sqrt((limit * (1 - limit)) / size);
          expect(score).toBeCloseTo(1.959963984540054, 8);
        }
      }),
    );
  });

  test('is narrower with more respondents and wider with more confidence', () => {
    fc.assert(
      fc.property(anyShare, anySize, (share, size) => {
        expect(width(wilsonInterval(share, size * 1.1))).toBeLessThan(width(wilsonInterval(share, size)));
        expect(width(wilsonInterval(share, size, 0.998))).toBeGreaterThan(width(wilsonInterval(share, size, 0.95)));
      }),
    );
  });

  test('mirrors the interval of the complement', () => {
    fc.assert(
      fc.property(anyShare, anySize, anyLevel, (share, size, level) => {
        const { low, high } = wilsonInterval(1 - share, size, level);
        expectLimits(wilsonInterval(share, size, level), [1 - high, 1 - low], 1e-12);
      }),
    );
  });

  test('stays a number at extreme levels', () => {
    // So little confidence that the normal quantile is 0: the share itself, not 0 / 0.
    expect(wilsonInterval(0, 10, 1e-20)).toEqual({ low: 0, high: 0 });
    expect(wilsonInterval(1, 10, 1e-20)).toEqual({ low: 1, high: 1 });
    // So much that (1 + level) / 2 would round to 1.
    expect(wilsonInterval(0.5, 10, 1 - 2 ** -53).high).toBeLessThan(1);
  });

  test.each([-0.01, 1.01, 45, NaN])('refuses a share of %d', (share) => {
    expect(() => wilsonInterval(share, 10)).toThrow(RangeError);
    expect(() => wilsonInterval(share, 10)).toThrow(`expected a share from 0 to 1, found ${share}. Give`);
  });

  test.each([0, -5, NaN, Infinity])('refuses an effective size of %d', (size) => {
    expect(() => wilsonInterval(0.5, size)).toThrow(RangeError);
    expect(() => wilsonInterval(0.5, size)).toThrow(`expected an effective size above 0, found ${size}. Hide`);
  });

  test.each([0, 1, 95, -0.95, NaN])('refuses a level of %d', (level) => {
    expect(() => wilsonInterval(0.5, 10, level)).toThrow(RangeError);
    expect(() => wilsonInterval(0.5, 10, level)).toThrow(`strictly between 0 and 1, found ${level}. Write`);
  });
});

describe('design effect', () => {
  test('weighs schools by their pupils', () => {
    // m′ = (100² + 300²) / 400 = 250.
    expect(designEffect([100, 300], RHO)).toBeCloseTo(1 + 249 * 0.02, 12);
    expect(designEffect([100, 300], RHO_SCHOOL_CLIMATE)).toBeCloseTo(1 + 249 * 0.05, 12);
  });

  test('is exactly 1 for one school of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), anyRho, (size, rho) => {
        expect(designEffect([size], rho)).toBe(1);
        expect(designEffect([0, size, 0], rho)).toBe(1);
      }),
    );
  });

  test('is that of the common size when schools are equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 30 }), anyRho, (size, schools, rho) => {
        expect(designEffect(new Array<number>(schools).fill(size), rho)).toBeCloseTo(1 + (size - 1) * rho, 8);
      }),
    );
  });

  test('is at least 1, grows with rho, and never lies beyond the largest school', () => {
    fc.assert(
      fc.property(anySchools, anyRho, (sizes, rho) => {
        const effect = designEffect(sizes, rho);
        expect(effect).toBeGreaterThanOrEqual(1);
        expect(effect).toBeGreaterThanOrEqual(designEffect(sizes, rho / 2));
        expect(effect).toBeLessThanOrEqual(1 + (Math.max(...sizes) - 1) * rho + 1e-9);
      }),
    );
  });

  test('does not depend on the order of schools or on schools without pupils', () => {
    fc.assert(
      fc.property(anySchools, (sizes) => {
        expect(designEffect([0, ...sizes.toReversed()], RHO)).toBe(designEffect(sizes, RHO));
      }),
    );
  });

  test.each([-1, 20.5, NaN, Infinity])('refuses a school of %d pupils', (size) => {
    expect(() => designEffect([30, size], RHO)).toThrow(RangeError);
    expect(() => designEffect([30, size], RHO)).toThrow(`whole numbers of 0 or more, found ${size}. Take`);
  });

  test('refuses a unit without pupils', () => {
    expect(() => designEffect([], RHO)).toThrow(RangeError);
    expect(() => designEffect([], RHO)).toThrow('found none among 0. Hide');
    expect(() => designEffect([0, 0], RHO)).toThrow('found none among 2. Hide');
  });

  test.each([-0.01, 2, NaN])('refuses a rho of %d', (rho) => {
    expect(() => designEffect([30, 40], rho)).toThrow(RangeError);
    expect(() => designEffect([30, 40], rho)).toThrow(`expected a rho from 0 to 1, found ${rho}. Use`);
  });
});

describe('effective size', () => {
  const plain = { share: 0.3, base: 100, designEffect: 1, noiseVariance: 0 };

  test('is p(1 − p) over the variance', () => {
    const variance = (0.3 * 0.7 * 3) / 200 + (2 * (1 + 0.3 ** 2)) / 200 ** 2;
    const found = effectiveSize({ share: 0.3, base: 200, designEffect: 3, noiseVariance: 2 });
    expect(found).toBeCloseTo((0.3 * 0.7) / variance, 10);
  });

  test('is exactly the base in a simple random sample without noise', () => {
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 1, max: 1e6 }), (share, base) => {
        expect(effectiveSize({ share, base, designEffect: 1, noiseVariance: 0 })).toBe(base);
      }),
    );
  });

  test('is the base over the design effect without noise, and so at most the base', () => {
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 1, max: 1e6 }), anyDesignEffect, (share, base, effect) => {
        const found = effectiveSize({ share, base, designEffect: effect, noiseVariance: 0 });
        expect(found).toBe(base / effect);
        expect(found).toBeLessThanOrEqual(base);
      }),
    );
  });

  test('is above 0 and falls with noise', () => {
    const noise = fc.double({ min: 0.01, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        anyShare,
        fc.integer({ min: 1, max: 1e5 }),
        anyDesignEffect,
        noise,
        (share, base, effect, variance) => {
          const quiet = effectiveSize({ share, base, designEffect: effect, noiseVariance: 0 });
          const noisy = effectiveSize({ share, base, designEffect: effect, noiseVariance: variance });
          expect(noisy).toBeGreaterThan(0);
          expect(noisy).toBeLessThan(quiet);
        },
      ),
    );
  });

  test('keeps the share half a respondent from the ends', () => {
    const noisy = { base: 20, designEffect: 1.5, noiseVariance: BASE_5_NOISE_VARIANCE };
    expect(effectiveSize({ ...noisy, share: 0 })).toBe(effectiveSize({ ...noisy, share: 0.5 / 20 }));
    expect(effectiveSize({ ...noisy, share: 1 })).toBe(effectiveSize({ ...noisy, share: 1 - 0.5 / 20 }));
    expect(effectiveSize({ ...noisy, share: 0.03 })).not.toBe(effectiveSize({ ...noisy, share: 0 }));
    expect(effectiveSize({ ...noisy, base: 1, share: 0 })).toBe(effectiveSize({ ...noisy, base: 1, share: 1 }));
  });

  test.each([-0.1, 1.1, NaN])('refuses a share of %d', (share) => {
    expect(() => effectiveSize({ ...plain, share })).toThrow(RangeError);
    expect(() => effectiveSize({ ...plain, share })).toThrow(`expected a share from 0 to 1, found ${share}. Give`);
  });

  test.each([0, -10, 12.5, NaN])('refuses a base of %d', (base) => {
    expect(() => effectiveSize({ ...plain, base })).toThrow(RangeError);
    expect(() => effectiveSize({ ...plain, base })).toThrow(`whole number of 1 or more, found ${base}. Hide`);
  });

  test.each([0.99, 0, NaN, Infinity])('refuses a design effect of %d', (effect) => {
    expect(() => effectiveSize({ ...plain, designEffect: effect })).toThrow(RangeError);
    expect(() => effectiveSize({ ...plain, designEffect: effect })).toThrow(`of 1 or more, found ${effect}. Take`);
  });

  test.each([-1, NaN, Infinity])('refuses a noise variance of %d', (variance) => {
    expect(() => effectiveSize({ ...plain, noiseVariance: variance })).toThrow(RangeError);
    expect(() => effectiveSize({ ...plain, noiseVariance: variance })).toThrow(`of 0 or more, found ${variance}. Use`);
  });
});

describe('share with its interval', () => {
  // Worked in thirty digits with mpmath from the formulas of the design note.
  test.each<[string, ShareInput, { size: number; limits: number[] }]>([
    [
      'four schools, base 5',
      { count: 120, base: 400, designEffect: designEffect([60, 80, 100, 200], RHO), noiseVariance: 2 },
      { size: 107.14596318307001, limits: [0.22138656679543667, 0.39245809686587026] },
    ],
    [
      'one school, no protection',
      { count: 120, base: 400, designEffect: designEffect([500], RHO), noiseVariance: 0 },
      { size: 400, limits: [0.25716767195619705, 0.34663724577752155] },
    ],
    [
      'school climate, cell key, 99.8%',
      {
        count: 45,
        base: 50,
        designEffect: designEffect([20, 40], RHO_SCHOOL_CLIMATE),
        noiseVariance: 1.5,
        level: 0.998,
      },
      { size: 15.527950310559006, limits: [0.50794295722130278, 0.98741611665888264] },
    ],
    [
      'nobody',
      { count: 0, base: 20, designEffect: 1, noiseVariance: 2 },
      { size: 3.9176293319939729, limits: [0, 0.49509152945546456] },
    ],
    [
      'everybody',
      { count: 25, base: 25, designEffect: designEffect([30, 60], RHO), noiseVariance: 2 },
      { size: 2.5046002862400327, limits: [0.39467017940367543, 1] },
    ],
  ])('%s', (_name, input, expected) => {
    const found = shareWithInterval(input);
    expect(found.share).toBe(input.count / input.base);
    expect(found.effectiveSize).toBeCloseTo(expected.size, 10);
    expectLimits(found, expected.limits, 1e-12);
  });

  test('is the plain Wilson interval in a simple random sample without noise', () => {
    fc.assert(
      fc.property(anyCountAndBase, anyLevel, ({ count, base }, level) => {
        const found = shareWithInterval({ count, base, designEffect: 1, noiseVariance: 0, level });
        expect(found).toEqual({
          share: count / base,
          ...wilsonInterval(count / base, base, level),
          effectiveSize: base,
        });
      }),
    );
  });

  test('holds the share, within 0 and 1', () => {
    fc.assert(
      fc.property(anyCountAndBase, anyUncertainty, (counts, uncertainty) => {
        const { share, low, high } = shareWithInterval({ ...counts, ...uncertainty });
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is narrower with more respondents of the same share', () => {
    fc.assert(
      fc.property(
        anyCountAndBase,
        anyUncertainty,
        fc.integer({ min: 2, max: 9 }),
        ({ count, base }, uncertainty, times) => {
          const few = shareWithInterval({ count, base, ...uncertainty });
          const many = shareWithInterval({ count: count * times, base: base * times, ...uncertainty });
          expect(many.effectiveSize).toBeGreaterThan(few.effectiveSize);
          expect(width(many)).toBeLessThan(width(few));
        },
      ),
    );
  });

  test('is wider than without clusters and noise', () => {
    fc.assert(
      fc.property(anyCountAndBase, anyUncertainty, (counts, uncertainty) => {
        const plain = shareWithInterval({ ...counts, designEffect: 1, noiseVariance: 0 });
        expect(width(shareWithInterval({ ...counts, ...uncertainty }))).toBeGreaterThanOrEqual(width(plain) - 1e-12);
      }),
    );
  });

  test('mirrors that of the complement when there is no noise', () => {
    fc.assert(
      fc.property(anyCountAndBase, anyDesignEffect, ({ count, base }, effect) => {
        const found = shareWithInterval({ count, base, designEffect: effect, noiseVariance: 0 });
        const mirror = shareWithInterval({ count: base - count, base, designEffect: effect, noiseVariance: 0 });
        expectLimits(found, [1 - mirror.high, 1 - mirror.low], 1e-12);
      }),
    );
  });

  test('with noise the larger of a share and its complement is less certain: noise in the base weighs by p', () => {
    const noisy = { base: 100, designEffect: 1, noiseVariance: BASE_5_NOISE_VARIANCE };
    const small = shareWithInterval({ ...noisy, count: 20 });
    const large = shareWithInterval({ ...noisy, count: 80 });
    expect(large.effectiveSize).toBeLessThan(small.effectiveSize);
    expect(width(large)).toBeGreaterThan(width(small));
  });

  test('refuses counts that are no counts', () => {
    const rest = { designEffect: 1, noiseVariance: 0 };
    for (const count of [-5, 105, 2.5, NaN]) {
      expect(() => shareWithInterval({ ...rest, count, base: 100 })).toThrow(RangeError);
      expect(() => shareWithInterval({ ...rest, count, base: 100 })).toThrow(`base of 100, found ${count}. Hide`);
    }
    for (const base of [0, -5, 12.5, NaN]) {
      expect(() => shareWithInterval({ ...rest, count: 0, base })).toThrow(RangeError);
      expect(() => shareWithInterval({ ...rest, count: 0, base })).toThrow(`of 1 or more, found ${base}. Hide`);
    }
  });

  test('refuses what its parts refuse', () => {
    const good = { count: 20, base: 100, designEffect: 1, noiseVariance: 0 };
    expect(() => shareWithInterval({ ...good, designEffect: 0.5 })).toThrow(RangeError);
    expect(() => shareWithInterval({ ...good, noiseVariance: -1 })).toThrow(RangeError);
    expect(() => shareWithInterval({ ...good, level: 95 })).toThrow(RangeError);
  });
});

describe('constants', () => {
  test('are those of the design note', () => {
    expect([RHO, RHO_SCHOOL_CLIMATE]).toEqual([0.02, 0.05]);
  });

  test('rounding noise is the mean square of what rounding to the nearest 5 adds', () => {
    const errors = [100, 101, 102, 103, 104].map((count) => Math.round(count / 5) * 5 - count);
    const meanSquare = errors.reduce((total, error) => total + error ** 2, 0) / errors.length;
    expect(BASE_5_NOISE_VARIANCE).toBe(meanSquare);
  });
});
