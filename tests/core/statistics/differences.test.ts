import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareShares, differenceWord, fisherExact } from '../../../server/core/statistics/differences.ts';
import { benjaminiHochberg } from '../../../server/core/statistics/multiple-comparisons.ts';
import { listOf, numberOf, recordsOf } from './reference/proportions.ts';

function group(count: number, base: number, designEffect = 1, noiseVariance = 0) {
  return { count, base, designEffect, noiseVariance };
}

const anyGroup = fc
  .integer({ min: 1, max: 400 })
  .chain((base) => fc.integer({ min: 0, max: base }).map((count) => group(count, base)));

describe('difference of two shares', () => {
  const records = recordsOf('diff.');

  test('the reference file holds five', () => {
    expect(records).toHaveLength(5);
  });

  test.each(records)('$id', (record) => {
    const [x1, n1, x2, n2] = (/(\d+)_(\d+)_vs_(\d+)_(\d+)/.exec(record.id)?.slice(1) ?? []).map(Number);
    const found = compareShares(group(x1 ?? NaN, n1 ?? NaN), group(x2 ?? NaN, n2 ?? NaN));
    const near = (one: number, name: string) =>
      expect(Math.abs(one - numberOf(record, name))).toBeLessThanOrEqual(record.tolerance);
    near(found.difference, 'diff');
    near(found.z, 'z_pooled');
    near(found.scoreP, 'p_z');
    near(found.p, found.test === 'fisher' ? 'p_fisher' : 'p_z');
    const [low, high] = listOf(record, 'newcombe95');
    expect(Math.abs(found.low - (low ?? NaN))).toBeLessThanOrEqual(record.tolerance);
    expect(Math.abs(found.high - (high ?? NaN))).toBeLessThanOrEqual(record.tolerance);
  });

  test('goes by Fisher’s test where a count under 5 is expected', () => {
    // 9 and 3 of 10: six of ten expected in each, so four others.
    expect(compareShares(group(9, 10), group(3, 10)).test).toBe('fisher');
    // 5 of 10 each: five expected everywhere.
    expect(compareShares(group(5, 10), group(5, 10)).test).toBe('score');
    expect(compareShares(group(9, 10), group(3, 10)).p).toBe(fisherExact(9, 10, 3, 10));
  });

  test('a design effect widens the interval and weakens the test', () => {
    const plain = compareShares(group(120, 400), group(150, 410));
    const clustered = compareShares(group(120, 400, 2), group(150, 410, 2));
    expect(clustered.difference).toBe(plain.difference);
    expect(clustered.low).toBeLessThan(plain.low);
    expect(clustered.high).toBeGreaterThan(plain.high);
    // Half the effective size is z over the root of two.
    expect(clustered.z).toBeCloseTo(plain.z / Math.SQRT2, 12);
    expect(compareShares(group(120, 400, 1, 2), group(150, 410, 1, 2)).scoreP).toBeGreaterThan(plain.scoreP);
  });

  test('Fisher’s test stands on whole respondents of the effective size', () => {
    // 6 of 40 and 1 of 40 at a design effect of 2 are 3 of 20 and 0.5 of 20, which is rounded up to 1.
    expect(compareShares(group(6, 40, 2), group(1, 40, 2)).p).toBe(fisherExact(3, 20, 1, 20));
  });

  test('holds the difference, within −1 and 1', () => {
    fc.assert(
      fc.property(anyGroup, anyGroup, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (one, other, level) => {
        const { difference, low, high, z, scoreP, p } = compareShares(one, other, level);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(Math.sign(z)).toBe(Math.sign(difference));
        for (const value of [p, scoreP]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('changes sign when the groups are swapped', () => {
    fc.assert(
      fc.property(anyGroup, anyGroup, (one, other) => {
        const [there, back] = [compareShares(one, other), compareShares(other, one)];
        expect(back.difference).toBeCloseTo(-there.difference, 12);
        expect(back.low).toBeCloseTo(-there.high, 12);
        expect(back.z).toBeCloseTo(-there.z, 10);
        expect(back.p).toBeCloseTo(there.p, 10);
      }),
    );
  });

  test('nothing differs between groups that all said no', () => {
    expect(compareShares(group(0, 12), group(0, 30))).toMatchObject({ difference: 0, z: 0, scoreP: 1, p: 1 });
  });
});

describe("Fisher's exact test", () => {
  test('of the tea: 3 of 4 and 1 of 4 give 34 of 70', () => {
    // Of 70 ways to choose four cups, 1, 16, 36, 16 and 1 have 0 to 4 right; 3 right has 16, so 16 + 16 + 1 + 1.
    expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
  });

  test('is the same for swapped groups and turned answers', () => {
    fc.assert(
      fc.property(anyGroup, anyGroup, (one, other) => {
        const p = fisherExact(one.count, one.base, other.count, other.base);
        expect(fisherExact(other.count, other.base, one.count, one.base)).toBeCloseTo(p, 9);
        expect(fisherExact(one.base - one.count, one.base, other.base - other.count, other.base)).toBeCloseTo(p, 9);
      }),
    );
  });

  test('refuses a count outside its base', () => {
    expect(() => fisherExact(5, 4, 1, 4)).toThrow("Fisher's test: expected a count");
  });
});

describe('Benjamini and Hochberg', () => {
  const [record] = recordsOf('fdr.bh1995');

  test('is what R finds for the p values of the paper', () => {
    const found = benjaminiHochberg(record?.spec as number[]);
    expect(found).toHaveLength(15);
    listOf(record ?? { id: 'none', spec: [], expected: {}, tolerance: 0 }, 'bh').forEach((value, place) => {
      expect(Math.abs((found[place] ?? NaN) - value)).toBeLessThanOrEqual(record?.tolerance ?? 0);
    });
    expect(found.filter((value) => value <= 0.05)).toHaveLength(3);
  });

  const anyP = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

  test('is at least p, at most 1, and keeps the order', () => {
    fc.assert(
      fc.property(anyP, (p) => {
        const adjusted = benjaminiHochberg(p);
        p.forEach((value, place) => {
          expect(adjusted[place]).toBeGreaterThanOrEqual(value);
          expect(adjusted[place]).toBeLessThanOrEqual(1);
          p.forEach((other, elsewhere) => {
            if (other > value) expect(adjusted[elsewhere]).toBeGreaterThanOrEqual(adjusted[place] ?? NaN);
          });
        });
      }),
    );
  });

  test('rejects what the step-up rule rejects', () => {
    fc.assert(
      fc.property(anyP, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, rate) => {
        // The rule as the paper states it: the largest k with p(k) ≤ k q / m, and all up to it.
        const sorted = p.toSorted((one, other) => one - other);
        const last = sorted.findLastIndex((value, rank) => value * (p.length / (rank + 1)) <= rate);
        expect(benjaminiHochberg(p).filter((value) => value <= rate)).toHaveLength(
          last === -1 ? 0 : p.filter((value) => value <= (sorted[last] ?? NaN)).length,
        );
      }),
    );
  });

  test('of one p value is the value, of none is none', () => {
    expect(benjaminiHochberg([0.03])).toEqual([0.03]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  test.each([
    [[0.5, 1.1], '1.1'],
    [[-0.1], '-0.1'],
    [[NaN], 'NaN'],
  ])('refuses %j', (p, found) => {
    expect(() => benjaminiHochberg(p)).toThrow(`from 0 to 1, found ${found}`);
  });
});

describe('word for a difference', () => {
  test.each([
    [0.1, 0.01, [40, 40], 'higher'],
    [-0.1, 0.05, [40, 40], 'lower'],
    [0.1, 0.051, [40, 40], 'no-clear-difference'],
    [0, 0, [40, 40], 'no-clear-difference'],
    [0.5, 0.0001, [19, 400], 'too-few-answers'],
    [0.5, 0.0001, [400, 19], 'too-few-answers'],
    [0.5, 0.0001, [20, 20], 'higher'],
  ] as const)('%d at p = %d on %j is %s', (difference, p, bases, word) => {
    expect(differenceWord(difference, p, bases)).toBe(word);
  });

  test('refuses a p value that is none', () => {
    expect(() => differenceWord(0.1, 5, [40, 40])).toThrow('from 0 to 1, found 5');
  });
});
