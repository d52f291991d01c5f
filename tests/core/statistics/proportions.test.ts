import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exactInterval,
  hypergeometricInterval,
  rollInterval,
  wilsonFiniteInterval,
  worstCaseBounds,
  type RollShare,
} from '../../../server/core/statistics/proportions.ts';
import { wilsonInterval, type ShareLimits } from '../../../server/core/statistics/share.ts';
import { listOf, recordsOf, sizesOf } from './reference/proportions.ts';

function expectLimits(found: ShareLimits, expected: readonly number[], tolerance: number): void {
  expect(expected).toHaveLength(2);
  expect(Math.abs(found.low - (expected[0] ?? NaN))).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(found.high - (expected[1] ?? NaN))).toBeLessThanOrEqual(tolerance);
}

/** How many ways there are to choose, by Pascal's rule: shares nothing with the logarithms of the module. */
function choices(of: number, chosen: number): number {
  let ways = 1;
  for (let step = 0; step < chosen; step += 1) ways = (ways * (of - step)) / (step + 1);
  return chosen > of ? 0 : ways;
}

/** The probability of exactly so many in a sample without replacement. */
function probability(found: number, base: number, pupils: number, roll: number): number {
  return (choices(pupils, found) * choices(roll - pupils, base - found)) / choices(roll, base);
}

/** Every number on the roll that neither tail rejects, tried one by one. */
function byTrying({ count, base, roll }: RollShare, tail: number): number[] {
  const kept: number[] = [];
  for (let pupils = count; pupils <= roll - (base - count); pupils += 1) {
    let [asFew, asMany] = [0, 0];
    for (let found = 0; found <= base; found += 1) {
      const here = probability(found, base, pupils, roll);
      if (found <= count) asFew += here;
      if (found >= count) asMany += here;
    }
    if (asFew > tail && asMany > tail) kept.push(pupils);
  }
  return kept;
}

const anyRollShare = (most: number) =>
  fc
    .integer({ min: 1, max: most })
    .chain((roll) => fc.tuple(fc.constant(roll), fc.integer({ min: 1, max: roll })))
    .chain(([roll, base]) =>
      fc.record({ roll: fc.constant(roll), base: fc.constant(base), count: fc.integer({ min: 0, max: base }) }),
    );

describe('shares of a roll', () => {
  const records = recordsOf('prop_fpc');

  test('the reference file holds seven', () => {
    expect(records).toHaveLength(7);
  });

  test.each(records)('$id', (record) => {
    expectLimits(wilsonFiniteInterval(sizesOf(record)), listOf(record, 'wilson_fpc95'), record.tolerance);
    expectLimits(hypergeometricInterval(sizesOf(record)), listOf(record, 'hypergeometric95'), record.tolerance);
  });

  test('the exact interval is what trying every number on the roll leaves', () => {
    fc.assert(
      // Levels whose tails no probability is equal to: which side of a tie is kept would be a matter of the last digit.
      fc.property(anyRollShare(45), fc.constantFrom(0.81371, 0.95137, 0.99791), (input, level) => {
        const kept = byTrying(input, (1 - level) / 2);
        const { low, high } = hypergeometricInterval(input, level);
        expect([low * input.roll, high * input.roll].map(Math.round)).toEqual([kept[0], kept.at(-1)]);
      }),
    );
  });

  // From R: the first and last number on the roll for which neither phyper tail is 0.025 or less.
  test.each([
    [{ count: 3000, base: 20_000, roll: 50_000 }, [7309, 7694]],
    [{ count: 12, base: 4000, roll: 50_000 }, [81, 257]],
    [{ count: 9990, base: 10_000, roll: 30_000 }, [29_950, 29_983]],
    [{ count: 0, base: 3000, roll: 40_000 }, [0, 47]],
  ])('the exact interval of %j, where most probabilities vanish', (input, pupils) => {
    const { low, high } = hypergeometricInterval(input);
    expect([low * input.roll, high * input.roll].map(Math.round)).toEqual(pupils);
  });

  test('both hold what is certain: at least who said so, at most all but who did not', () => {
    fc.assert(
      fc.property(anyRollShare(5000), (input) => {
        const certain = worstCaseBounds(input);
        const exact = hypergeometricInterval(input);
        const share = input.count / input.base;
        expect(exact.low).toBeGreaterThanOrEqual(certain.low);
        expect(exact.high).toBeLessThanOrEqual(certain.high);
        const wilson = wilsonFiniteInterval(input);
        expect(wilson.low).toBeLessThanOrEqual(share);
        expect(wilson.high).toBeGreaterThanOrEqual(share);
        expect(certain.low).toBeLessThanOrEqual(share);
        expect(certain.high).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  test('nothing is left to chance where all answered', () => {
    const all = { count: 7, base: 20, roll: 20 };
    for (const found of [wilsonFiniteInterval(all), hypergeometricInterval(all), worstCaseBounds(all)]) {
      expect(found).toEqual({ low: 0.35, high: 0.35 });
    }
  });

  test('mirrors when the answer is turned round', () => {
    fc.assert(
      fc.property(anyRollShare(3000), (input) => {
        const turned = { ...input, count: input.base - input.count };
        for (const interval of [wilsonFiniteInterval, hypergeometricInterval, worstCaseBounds]) {
          expect(interval(turned).low).toBeCloseTo(1 - interval(input).high, 10);
          expect(interval(turned).high).toBeCloseTo(1 - interval(input).low, 10);
        }
      }),
    );
  });

  test('an endless roll is the plain interval', () => {
    const { low, high } = wilsonFiniteInterval({ count: 30, base: 80, roll: 1e12 });
    expectLimits({ low, high }, Object.values(wilsonInterval(30 / 80, 80)), 1e-9);
  });

  test('small rolls get the exact interval, others Wilson', () => {
    const small = { count: 9, base: 40, roll: 99 };
    const large = { count: 9, base: 40, roll: 100 };
    expect(rollInterval(small)).toEqual(hypergeometricInterval(small));
    expect(rollInterval(large)).toEqual(wilsonFiniteInterval(large));
    expect(rollInterval(large, 0.8)).toEqual(wilsonFiniteInterval(large, 0.8));
  });

  test('worst cases by hand: 30 of 80 out of 100 are 30 to 50', () => {
    expect(worstCaseBounds({ count: 30, base: 80, roll: 100 })).toEqual({ low: 0.3, high: 0.5 });
  });

  test.each([
    [{ count: 5, base: 10, roll: 9 }, 'at least the base of 10, found 9'],
    [{ count: 5, base: 10, roll: 10.5 }, 'found 10.5'],
    [{ count: 11, base: 10, roll: 20 }, 'from 0 to the base of 10, found 11'],
    [{ count: 0, base: 0, roll: 20 }, '1 or more, found 0'],
  ])('refuses %j', (input, message) => {
    for (const interval of [wilsonFiniteInterval, hypergeometricInterval, worstCaseBounds]) {
      expect(() => interval(input)).toThrow(RangeError);
      expect(() => interval(input)).toThrow(message);
    }
  });
});

describe("Clopper and Pearson's interval", () => {
  const records = recordsOf('prop.');

  test('the reference file holds nine', () => {
    expect(records).toHaveLength(9);
  });

  test.each(records)('$id', (record) => {
    const { count, base } = sizesOf(record);
    expectLimits(exactInterval(count / base, base), listOf(record, 'clopper_pearson95'), record.tolerance);
  });

  test('holds the share, and Wilson’s limits except close to the ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90 }), (percent) => {
        const [exact, wilson] = [exactInterval(percent / 100, 100), wilsonInterval(percent / 100, 100)];
        expect(exact.high - exact.low).toBeGreaterThan(wilson.high - wilson.low);
        expect(exact.low).toBeLessThan(percent / 100);
        expect(exact.high).toBeGreaterThan(percent / 100);
      }),
    );
  });

  test.each([
    [1.2, 10, 'found 1.2 and 10'],
    [0.5, 0, 'found 0.5 and 0'],
  ])('refuses %d of %d', (share, base, message) => {
    expect(() => exactInterval(share, base)).toThrow(message);
  });
});
