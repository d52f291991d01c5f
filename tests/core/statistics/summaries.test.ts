import { describe, expect, test } from 'vitest';
import { mean, sampleQuantile, sampleVariance } from '../../../server/core/statistics/summaries.ts';

describe('summaries', () => {
  test('quantiles as R draws them', () => {
    // quantile(c(1, 2, 4, 8), c(0.1, 0.5, 0.9)) is 1.3, 3 and 6.8.
    for (const [share, expected] of [
      [0.1, 1.3],
      [0.5, 3],
      [0.9, 6.8],
    ] as const) {
      expect(sampleQuantile([8, 1, 4, 2], share)).toBeCloseTo(expected, 12);
    }
    expect(sampleQuantile([5], 0.9)).toBe(5);
  });

  test('the variance keeps its digits far from 0', () => {
    expect(sampleVariance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });

  test('refuse too few', () => {
    expect(() => mean([])).toThrow('found none');
    expect(() => sampleVariance([1])).toThrow('found 1');
    expect(() => sampleQuantile([], 0.5)).toThrow('found none');
  });
});
