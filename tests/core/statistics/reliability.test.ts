import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronbachAlpha } from '../../../server/core/statistics/reliability.ts';
import { sampleVariance, sum } from '../../../server/core/statistics/summaries.ts';

/* Figures from R are in tests/commands/stats.test.ts; here is what can be told without it. */

describe("Cronbach's alpha", () => {
  test('by hand', () => {
    // Items vary by 1 each, scores 2, 5 and 5 by 3: alpha is 2 (1 − 2/3). F on (2, 2) stays below f with
    // probability f / (1 + f), so its quantiles are 39 and 1/39.
    const found = cronbachAlpha([
      [1, 1],
      [2, 3],
      [3, 2],
    ]);
    expect(found.alpha).toBeCloseTo(2 / 3, 12);
    expect(found.low).toBeCloseTo(1 - 39 / 3, 9);
    expect(found.high).toBeCloseTo(1 - 1 / 117, 12);
    expect(found.persons).toBe(3);
  });

  test('is 1 where items say the same, and does not depend on their level', () => {
    const found = cronbachAlpha([1, 2, 5, 3].map((answer) => [answer, answer, answer]));
    expect(found).toEqual({ alpha: 1, low: 1, high: 1, persons: 4 });
    const persons = [
      [1, 2, 4],
      [3, 3, 2],
      [5, 4, 4],
      [2, 2, 1],
    ];
    const lifted = persons.map(([one = 0, ...others]) => [one + 100, ...others]);
    expect(cronbachAlpha(lifted).alpha).toBeCloseTo(cronbachAlpha(persons).alpha, 10);
  });

  test('lies within its limits, which widen with the level', () => {
    const anyPersons = fc
      .array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }), { minLength: 5, maxLength: 40 })
      .filter((persons) => sampleVariance(persons.map(sum)) > 0);
    fc.assert(
      fc.property(anyPersons, (persons) => {
        const [narrow, wide] = [cronbachAlpha(persons, 0.8), cronbachAlpha(persons, 0.99)];
        expect(narrow.low).toBeLessThanOrEqual(narrow.alpha);
        expect(narrow.high).toBeGreaterThanOrEqual(narrow.alpha);
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
        expect(narrow.alpha).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test.each([
    [[], 'found 0 with 0'],
    [[[1, 2]], 'found 1 with 2'],
    [[[1], [2]], 'found 2 with 1'],
    [[[1, 2], [2]], 'each of 2 rows, found 1'],
    [
      [
        [1, 2],
        [2, 1],
      ],
      'found the same for all',
    ],
    [
      [
        [1, NaN],
        [2, 1],
      ],
      'finite numbers, found NaN',
    ],
  ])('refuses %j', (answers, message) => {
    expect(() => cronbachAlpha(answers)).toThrow(message);
  });
});
