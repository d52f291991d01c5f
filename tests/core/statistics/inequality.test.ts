import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slopeIndexOfInequality } from '../../../server/core/statistics/inequality.ts';
import { sampleVariance } from '../../../server/core/statistics/summaries.ts';

/* Figures from R are in tests/commands/stats.test.ts; here is what can be told without it. */

describe('slope index of inequality', () => {
  const fifths = (counts: readonly number[], bases: readonly number[]) =>
    bases.map((base, group) => ({ count: counts[group] ?? NaN, base }));

  test('two halves, by hand', () => {
    // Shares 0.3 and 0.5 at ridits ¼ and ¾: slope 0.4 = 2 (0.5 − 0.3), variance 4 (0.21 + 0.25)/100. The line
    // runs from 0.2 to 0.6, through 0.4 in the middle.
    const found = slopeIndexOfInequality(fifths([30, 50], [100, 100]));
    expect(found.slopeIndex).toBeCloseTo(0.4, 12);
    expect(found.error).toBeCloseTo(Math.sqrt(0.0184), 12);
    expect(found.high - found.low).toBeCloseTo(2 * 1.959963984540054 * Math.sqrt(0.0184), 12);
    expect(found.relativeToMean).toBeCloseTo(1, 12);
    expect(found.relativeToEnd).toBeCloseTo(3, 12);
    expect(found.gap).toBeCloseTo(0.2, 12);
    expect(found.ratio).toBeCloseTo(5 / 3, 12);
  });

  test('finds the slope of shares that lie on a line, whatever the sizes', () => {
    // Bases 20, 40 and 40 have ridits 0.1, 0.4 and 0.8; shares 0.3 + 0.5 r are 0.35, 0.5 and 0.7.
    const found = slopeIndexOfInequality(fifths([7, 20, 28], [20, 40, 40]));
    expect(found.slopeIndex).toBeCloseTo(0.5, 12);
    expect(found.relativeToEnd).toBeCloseTo(8 / 3, 12);
    expect(found.relativeToMean).toBeCloseTo(0.5 / 0.55, 12);
  });

  const anyFifths = fc.array(
    fc
      .integer({ min: 20, max: 400 })
      .chain((base) => fc.integer({ min: 0, max: base }).map((count) => ({ count, base }))),
    { minLength: 5, maxLength: 5 },
  );

  test('changes sign when the order is turned round, or the answer', () => {
    fc.assert(
      fc.property(anyFifths, (groups) => {
        const found = slopeIndexOfInequality(groups);
        const reversed = slopeIndexOfInequality(groups.toReversed());
        const turned = slopeIndexOfInequality(groups.map(({ count, base }) => ({ count: base - count, base })));
        for (const other of [reversed, turned]) {
          expect(other.slopeIndex).toBeCloseTo(-found.slopeIndex, 10);
          expect(other.error).toBeCloseTo(found.error, 10);
          expect(other.gap).toBeCloseTo(-found.gap, 10);
        }
        expect(found.low).toBeLessThanOrEqual(found.slopeIndex);
        expect(found.high).toBeGreaterThanOrEqual(found.slopeIndex);
      }),
    );
  });

  test('the error is what shares that are drawn again and again vary by', () => {
    const bases = [140, 90, 120, 60, 110];
    const counts = [70, 40, 45, 20, 25];
    // Park and Miller's generator, so that the test is the same every time.
    let state = 20261122;
    const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
    const slopes = Array.from({ length: 2000 }, () => {
      const again = bases.map((base, group) => {
        const share = (counts[group] ?? 0) / base;
        return { count: Array.from({ length: base }, next).filter((draw) => draw < share).length, base };
      });
      return slopeIndexOfInequality(again).slopeIndex;
    });
    const { error } = slopeIndexOfInequality(fifths(counts, bases));
    expect(Math.abs(Math.sqrt(sampleVariance(slopes)) / error - 1)).toBeLessThan(0.06);
  });

  test('has no relative index where there is nothing to relate to', () => {
    expect(slopeIndexOfInequality(fifths([0, 0], [50, 50]))).toMatchObject({
      relativeToMean: null,
      relativeToEnd: null,
      ratio: null,
      slopeIndex: 0,
    });
    // The fitted line starts below 0.
    expect(slopeIndexOfInequality(fifths([0, 20], [50, 50])).relativeToEnd).toBeNull();
  });

  test('refuses one group, and counts that are none', () => {
    expect(() => slopeIndexOfInequality(fifths([1], [5]))).toThrow('two groups or more, found 1');
    expect(() => slopeIndexOfInequality(fifths([1, 9], [5, 5]))).toThrow('from 0 to the base of 5, found 9');
  });
});
