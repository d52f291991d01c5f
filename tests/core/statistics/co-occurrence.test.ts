import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byarLimits, coOccurrence, poissonBinomial } from '../../../server/core/statistics/co-occurrence.ts';
import { chiSquareQuantile } from '../../../server/core/statistics/distributions.ts';
import { logChoices } from '../../../server/core/statistics/gamma-function.ts';
import { sum } from '../../../server/core/statistics/summaries.ts';

/* Figures from R are in tests/commands/stats.test.ts; here is what can be told without it. */

describe('outcomes that come together', () => {
  const patterns = Array.from({ length: 8 }, (_, pattern) => [pattern & 1, (pattern >> 1) & 1, (pattern >> 2) & 1]);

  test('by hand: every pattern once is independence', () => {
    const found = coOccurrence(patterns);
    expect(found.observed).toEqual([1, 3, 3, 1]);
    found.expected.forEach((number, outcomes) => expect(number).toBeCloseTo([1, 3, 3, 1][outcomes] ?? NaN, 12));
    expect(found.ratio).toBeCloseTo(1, 12);
  });

  test('by hand: all or nothing is four times what independence gives, and within strata once', () => {
    const persons = [
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
    ];
    // Each outcome has a share of ½: ⅛ of four persons are expected to have all three, two have.
    const found = coOccurrence(persons);
    expect(found.ratio).toBeCloseTo(4, 12);
    expect(found.low).toBeCloseTo(byarLimits(2).low / 0.5, 12);
    expect(found.high).toBeCloseTo(byarLimits(2).high / 0.5, 12);
    expect(coOccurrence(persons, ['a', 'a', 'b', 'b']).ratio).toBeCloseTo(1, 12);
  });

  test('three or more is counted together', () => {
    const found = coOccurrence([
      [1, 1, 1, 1],
      [1, 1, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
    expect(found.observed).toEqual([1, 1, 0, 1, 1]);
    // Four outcomes of share ½: five of sixteen patterns have three or more, of four persons.
    expect(found.ratio).toBeCloseTo(2 / (4 * (5 / 16)), 12);
  });

  test('has no ratio where nobody is expected, or there are fewer than three outcomes', () => {
    expect(
      coOccurrence([
        [1, 1],
        [0, 0],
      ]),
    ).toEqual({ observed: [1, 0, 1], expected: [0.5, 1, 0.5], ratio: null, low: null, high: null });
    expect(
      coOccurrence([
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toMatchObject({ ratio: null, low: null, high: null });
  });

  test('expected persons and outcomes add up to those observed', () => {
    const anyPersons = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(anyPersons, (persons) => {
        const { observed, expected } = coOccurrence(
          persons,
          persons.map((_person, row) => row % 3),
        );
        expect(sum(expected)).toBeCloseTo(sum(observed), 9);
        const outcomes = (numbers: readonly number[]) => sum(numbers.map((number, count) => number * count));
        expect(outcomes(expected)).toBeCloseTo(outcomes(observed), 9);
      }),
    );
  });

  test.each([
    [[], undefined, 'found 0 persons with 0'],
    [[[]], undefined, 'found 1 persons with 0'],
    [[[0, 1, 2]], undefined, 'found 2'],
    [
      [
        [0, 1, 1],
        [0, 1],
      ],
      undefined,
      'each of 3 rows, found 2',
    ],
    [[[0, 1, 1]], ['a', 'b'], 'each of 1 rows, found 2'],
  ])('refuses %j by %j', (outcomes, strata, message) => {
    expect(() => coOccurrence(outcomes, strata)).toThrow(message);
  });

  test('a Poisson-binomial of equal chances is binomial, and its order does not matter', () => {
    const found = poissonBinomial(Array<number>(12).fill(0.3));
    found.forEach((probability, count) => {
      expect(probability).toBeCloseTo(Math.exp(logChoices(12, count)) * 0.3 ** count * 0.7 ** (12 - count), 12);
    });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 }), (chances) => {
        const [one, other] = [poissonBinomial(chances), poissonBinomial(chances.toReversed())];
        expect(sum(one)).toBeCloseTo(1, 10);
        one.forEach((probability, count) => expect(probability).toBeCloseTo(other[count] ?? NaN, 10));
      }),
    );
    expect(() => poissonBinomial([0.5, 30])).toThrow('from 0 to 1, found 30');
  });
});

describe("Byar's limits", () => {
  test('are close to the exact ones, by chi-square', () => {
    for (const count of [5, 10, 20, 100, 2000]) {
      const { low, high } = byarLimits(count);
      expect(Math.abs(low / (chiSquareQuantile(0.025, 2 * count) / 2) - 1)).toBeLessThan(0.01);
      expect(Math.abs(high / (chiSquareQuantile(0.975, 2 * count + 2) / 2) - 1)).toBeLessThan(0.001);
    }
  });

  test('of ten are 4.79 and 18.39, of none 0 and 3.67', () => {
    expect(byarLimits(10).low).toBeCloseTo(4.787449913967563, 10);
    expect(byarLimits(10).high).toBeCloseTo(18.391458605756473, 10);
    expect(byarLimits(0).low).toBe(0);
    expect(byarLimits(0).high).toBeCloseTo(3.6680118321737507, 10);
    expect(byarLimits(1, 0.9999).low).toBe(0);
  });

  test('refuse what is no count', () => {
    expect(() => byarLimits(2.5)).toThrow('found 2.5');
    expect(() => byarLimits(-1)).toThrow('found -1');
  });
});
