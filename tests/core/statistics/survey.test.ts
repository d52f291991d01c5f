import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postStratifiedMean, rakedMean } from '../../../server/core/statistics/calibrated-mean.ts';
import { surveyMean } from '../../../server/core/statistics/survey-mean.ts';
import { capWeights, postStratify, rake } from '../../../server/core/statistics/weighting.ts';
import { sampleVariance, sum } from '../../../server/core/statistics/summaries.ts';

/* Figures from R's survey package are in tests/commands/stats.test.ts; here is what can be told without it. */

const anyRow = fc.record({
  value: fc.integer({ min: -50, max: 50 }),
  yes: fc.integer({ min: 0, max: 1 }),
  weight: fc.double({ min: 0.1, max: 20, noNaN: true }),
  school: fc.integer({ min: 1, max: 8 }),
  sex: fc.constantFrom('girl', 'boy'),
  stage: fc.constantFrom('P6', 'P7', 'S1'),
});
const anyRows = fc
  .array(anyRow, { minLength: 12, maxLength: 60 })
  .filter(
    (rows) => new Set(rows.map(({ school }) => school)).size > 2 && new Set(rows.map(({ value }) => value)).size > 1,
  );
type Row = typeof anyRow extends fc.Arbitrary<infer R> ? R : never;

const values = (rows: readonly Row[]) => rows.map(({ value }) => value);
const weights = (rows: readonly Row[]) => rows.map(({ weight }) => weight);
const schools = (rows: readonly Row[]) => rows.map(({ school }) => school);

describe('weighted mean of a survey', () => {
  test('two schools, by hand', () => {
    // Mean 2.5. Scores (y − 2.5)/4 add up to −0.5 and 0.5 in the schools, whose mean is 0, so that the squares add
    // up to 0.5; times 2/(2 − 1) that is a variance of 1. One degree of freedom: t is tan(0.475π) = 12.7062.
    const found = surveyMean([1, 2, 3, 4], { weights: [1, 1, 1, 1], primaryUnits: ['a', 'a', 'b', 'b'] });
    expect(found).toMatchObject({ mean: 2.5, error: 1, degrees: 1, logit: null, kornGraubard: null, lonelyStrata: 0 });
    expect(found.high).toBeCloseTo(2.5 + Math.tan(0.475 * Math.PI), 10);
    // A simple random sample of four: variance 5/3 over 4, so that schools make it 12/5 as large.
    expect(found.designEffect).toBeCloseTo(2.4, 12);
  });

  test('half of the schools drawn, by hand', () => {
    // Of four schools two were drawn: half the variance is left.
    const design = { weights: [2, 2, 2, 2], primaryUnits: ['a', 'a', 'b', 'b'], populationUnits: [4, 4, 4, 4] };
    const found = surveyMean([1, 2, 3, 4], design);
    expect(found.error).toBeCloseTo(Math.SQRT1_2, 12);
    // The simple random sample: four of eight, 5/3 over 4, half of it left.
    expect(found.designEffect).toBeCloseTo(2.4, 12);
  });

  test('all schools of a stratum drawn leave nothing to chance in it', () => {
    const design = {
      weights: [1, 1, 1, 1, 1, 1],
      strata: ['n', 'n', 'n', 'n', 's', 's'],
      primaryUnits: ['a', 'a', 'b', 'b', 'c', 'd'],
      populationUnits: [2, 2, 2, 2, 50, 50],
    };
    // In the south: scores ±0.5/6 about their mean, squares 2 × (1/12)², times 2/1, times 48/50.
    expect(surveyMean([1, 9, 4, 4, 2, 3], design).error).toBeCloseTo(Math.sqrt((4 / 144) * 0.96), 12);
  });

  test('a stratum with one of several schools is held against all', () => {
    const design = { weights: [1, 1, 1, 1], strata: ['n', 'n', 's', 's'], primaryUnits: ['a', 'b', 'c', 'c'] };
    const found = surveyMean([0, 1, 1, 1], design);
    expect(found).toMatchObject({ lonelyStrata: 1, degrees: 1 });
    // North: scores −3/16 and 1/16 about −1/16: 2 × (1/8)² × 2 = 1/16. South: total 1/8 about 0: 1/64.
    expect(found.error).toBeCloseTo(Math.sqrt(1 / 16 + 1 / 64), 12);
    // The same stratum, if there was no other school in it, adds nothing.
    const certain = surveyMean([0, 1, 1, 1], { ...design, populationUnits: [1e9, 1e9, 1, 1] });
    expect(certain.error).toBeCloseTo(0.25, 8);
    expect(certain.lonelyStrata).toBe(0);
  });

  test('schools and strata without a weight have no degrees of freedom', () => {
    const design = {
      weights: [1, 1, 1, 1, 0, 0, 0],
      strata: ['n', 'n', 'n', 'n', 'n', 's', 's'],
      primaryUnits: ['a', 'a', 'b', 'c', 'd', 'e', 'f'],
    };
    // Three schools in one stratum.
    expect(surveyMean([1, 2, 3, 4, 9, 9, 9], design).degrees).toBe(2);
  });

  test('everybody alike and by himself is a simple random sample', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const found = surveyMean(values(rows), { weights: rows.map(() => 1) });
        expect(found.mean).toBeCloseTo(sum(values(rows)) / rows.length, 10);
        expect(found.error).toBeCloseTo(Math.sqrt(sampleVariance(values(rows)) / rows.length), 10);
        expect(found.designEffect).toBeCloseTo(1, 10);
        expect(found.degrees).toBe(rows.length - 1);
      }),
    );
  });

  test('a simple random sample from a roll has a design effect of 1', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 61, max: 5000 }), (rows, roll) => {
        const design = { weights: rows.map(() => roll / rows.length), populationUnits: rows.map(() => roll) };
        expect(surveyMean(values(rows), design).designEffect).toBeCloseTo(1, 8);
      }),
    );
  });

  test('does not depend on the unit of weights, nor on the order or names of schools', () => {
    fc.assert(
      fc.property(anyRows, fc.double({ min: 0.01, max: 100, noNaN: true }), (rows, factor) => {
        const found = surveyMean(values(rows), { weights: weights(rows), primaryUnits: schools(rows) });
        const turned = rows.toReversed();
        const other = surveyMean(values(turned), {
          weights: turned.map(({ weight }) => weight * factor),
          primaryUnits: turned.map(({ school }) => `school ${school}`),
        });
        expect(other.mean).toBeCloseTo(found.mean, 8);
        expect(other.error).toBeCloseTo(found.error, 8);
        expect(other.degrees).toBe(found.degrees);
      }),
    );
  });

  test('shares have limits within 0 and 1 that hold them', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const yes = rows.map((row) => row.yes);
        const { mean, logit, kornGraubard } = surveyMean(yes, { weights: weights(rows), primaryUnits: schools(rows) });
        if (mean === 0 || mean === 1) {
          expect([logit, kornGraubard]).toEqual([null, null]);
          return;
        }
        for (const limits of [logit, kornGraubard]) {
          expect(limits?.low).toBeGreaterThanOrEqual(0);
          expect(limits?.low).toBeLessThanOrEqual(mean);
          expect(limits?.high).toBeGreaterThanOrEqual(mean);
          expect(limits?.high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('a share and its complement mirror', () => {
    const rows = fc.sample(anyRows, { numRuns: 1, seed: 7 })[0] ?? [];
    const yes = rows.map(({ school }) => (school > 4 ? 1 : 0));
    const design = { weights: weights(rows), primaryUnits: rows.map((_row, place) => place % 5) };
    const [one, other] = [
      surveyMean(yes, design),
      surveyMean(
        yes.map((value) => 1 - value),
        design,
      ),
    ];
    expect(other.logit?.low).toBeCloseTo(1 - (one.logit?.high ?? NaN), 10);
    expect(other.kornGraubard?.low).toBeCloseTo(1 - (one.kornGraubard?.high ?? NaN), 10);
  });

  test.each([
    ['lists of two lengths', () => surveyMean([1, 2], { weights: [1] }), 'each of 1 rows, found 2'],
    [
      'strata of another length',
      () => surveyMean([1, 2], { weights: [1, 1], strata: ['a'] }),
      'each of 2 rows, found 1',
    ],
    ['a weight below 0', () => surveyMean([1, 2], { weights: [1, -1] }), '0 or more, found -1'],
    ['no weight at all', () => surveyMean([1, 2], { weights: [0, 0] }), 'above 0, found none in 2 rows'],
    ['one school', () => surveyMean([1, 2], { weights: [1, 1], primaryUnits: [5, 5] }), 'than strata, found 1 in 1'],
    ['a value that is none', () => surveyMean([1, NaN], { weights: [1, 1] }), 'finite numbers, found NaN'],
    ['a share drawn', () => surveyMean([1, 2], { weights: [1, 1], populationUnits: [0.1, 0.1] }), 'found 0.1'],
    ['two populations', () => surveyMean([1, 2], { weights: [1, 1], populationUnits: [9, 8] }), 'found 9, 8'],
    ['a percentage as level', () => surveyMean([1, 2], { weights: [1, 1] }, 95), 'found 95'],
  ])('refuses %s', (_name, ask, message) => {
    expect(ask).toThrow(RangeError);
    expect(ask).toThrow(message);
  });
});

/** A roll that every kind of the rows is on. */
function rollOf(kinds: readonly string[], pupils: number): Map<string, number> {
  const found = [...new Set(kinds)];
  return new Map(
    found.map((kind, place) => [kind, (pupils * (place + 1)) / ((found.length * (found.length + 1)) / 2)]),
  );
}

describe('post-stratification', () => {
  const girlsAndBoys = {
    of: ['girl', 'girl', 'boy', 'boy'],
    roll: new Map([
      ['girl', 10],
      ['boy', 12],
    ]),
  };

  test('by hand', () => {
    const fitted = postStratify([1, 1, 1, 1], girlsAndBoys);
    expect(fitted).toEqual([5, 5, 6, 6]);
    // Boys all say yes, so only girls leave something to chance: scores ±5 × 0.5 / 22, squares 2 × (2.5/22)², times 4/3.
    const { mean, error } = postStratifiedMean([1, 0, 1, 1], { weights: fitted }, girlsAndBoys.of, [1, 1, 1, 1]);
    expect(mean).toBeCloseTo(17 / 22, 12);
    expect(error).toBeCloseTo((2.5 / 22) * Math.sqrt(8 / 3), 12);
  });

  test('adds up to the roll in every cell and keeps proportions within it', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const of = rows.map(({ sex, stage }) => `${stage} ${sex}`);
        const roll = rollOf(of, 900);
        const fitted = postStratify(weights(rows), { of, roll });
        for (const [kind, pupils] of roll) {
          expect(sum(fitted.filter((_weight, row) => of[row] === kind))).toBeCloseTo(pupils, 8);
        }
        const twice = postStratify(fitted, { of, roll });
        twice.forEach((weight, row) => expect(weight).toBeCloseTo(fitted[row] ?? NaN, 8));
      }),
    );
  });

  test('leaves nothing to chance where the cell says all', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const of = rows.map(({ stage }) => stage);
        const fitted = postStratify(weights(rows), { of, roll: rollOf(of, 300) });
        const same = of.map((stage) => stage.length * 3 + stage.charCodeAt(1));
        expect(postStratifiedMean(same, { weights: fitted }, of, weights(rows)).error).toBeLessThan(1e-10);
      }),
    );
  });

  test.each([
    ['a kind that is not on the roll', ['girl', 'boy', 'x', 'boy'], girlsAndBoys.roll, 'found "x"'],
    ['a kind that nobody is', ['girl', 'girl', 'girl', 'girl'], girlsAndBoys.roll, 'found nobody in "boy"'],
    ['lists of two lengths', ['girl', 'boy'], girlsAndBoys.roll, 'each of 4 rows, found 2'],
    ['a roll below 0', ['a', 'a', 'a', 'a'], new Map([['a', -1]]), 'found -1 for "a"'],
  ])('refuses %s', (_name, of, roll, message) => {
    expect(() => postStratify([1, 1, 1, 1], { of, roll })).toThrow(message);
    expect(() => rake([1, 1, 1, 1], [{ of, roll }])).toThrow(message);
  });
});

describe('raking', () => {
  test('of a balanced sample is the product of its margins', () => {
    const margins = [
      {
        of: ['a', 'a', 'b', 'b'],
        roll: new Map([
          ['a', 30],
          ['b', 10],
        ]),
      },
      {
        of: ['c', 'd', 'c', 'd'],
        roll: new Map([
          ['c', 24],
          ['d', 16],
        ]),
      },
    ];
    const { weights: raked, iterations } = rake([1, 1, 1, 1], margins);
    expect(iterations).toBe(1);
    // 30 × 24 / 40 and so on.
    [18, 12, 6, 4].forEach((weight, row) => expect(raked[row]).toBeCloseTo(weight, 10));
  });

  test('meets every margin and keeps the ratio of two who are of the same kinds', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const [sexes, stages] = [rows.map(({ sex }) => sex), rows.map(({ stage }) => stage)];
        // Rolls that the sample itself would have under other weights, so that some weights meet them.
        const wanted = rows.map(({ sex, stage }) => (sex === 'girl' ? 3 : 2) * (stage === 'P6' ? 1 : 4));
        const rollBy = (kinds: readonly string[]) =>
          new Map([...new Set(kinds)].map((kind) => [kind, sum(wanted.filter((_w, row) => kinds[row] === kind))]));
        const margins = [sexes, stages].map((of) => ({ of, roll: rollBy(of) }));
        const raked = rake(weights(rows), margins).weights;
        for (const { of, roll } of margins) {
          for (const [kind, pupils] of roll) {
            const total = sum(raked.filter((_weight, row) => of[row] === kind));
            expect(Math.abs(total / pupils - 1)).toBeLessThanOrEqual(1e-8);
          }
        }
        const alike = (row: Row) => row.sex === rows[0]?.sex && row.stage === rows[0].stage;
        rows.forEach((row, place) => {
          if (!alike(row)) return;
          const before = row.weight / (rows[0]?.weight ?? NaN);
          expect((raked[place] ?? NaN) / (raked[0] ?? NaN)).toBeCloseTo(before, 6);
        });
      }),
    );
  });

  test('by one margin is post-stratification, error and all', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const margin = {
          of: rows.map(({ stage }) => stage),
          roll: rollOf(
            rows.map(({ stage }) => stage),
            500,
          ),
        };
        const alike = rows.map(() => 1);
        const raked = rake(alike, [margin]);
        expect(raked).toEqual({ weights: postStratify(alike, margin), iterations: 1 });
        const design = { weights: raked.weights, primaryUnits: schools(rows) };
        const [one, other] = [
          rakedMean(values(rows), design, [margin.of]),
          postStratifiedMean(values(rows), design, margin.of, alike),
        ];
        expect(one.mean).toBe(other.mean);
        expect(one.error).toBeCloseTo(other.error, 10);
      }),
    );
  });

  test('leaves nothing to chance where margins add up to the value', () => {
    const [sexes, stages] = [
      ['g', 'g', 'b', 'b', 'g', 'b'],
      ['P6', 'P7', 'P6', 'P7', 'P7', 'P7'],
    ];
    const effects: Record<string, number> = { g: 4, b: 1, P6: 10, P7: 30 };
    const found = rakedMean(
      sexes.map((sex, row) => (effects[sex] ?? 0) + (effects[stages[row] ?? ''] ?? 0)),
      { weights: [1, 2, 3, 4, 5, 6] },
      [sexes, stages],
    );
    expect(found.error).toBeLessThan(1e-6);
  });

  test('refuses rolls of two sizes, and rolls that no weights meet', () => {
    const of = ['a', 'a', 'b'];
    const sizes = [
      {
        of,
        roll: new Map([
          ['a', 5],
          ['b', 5],
        ]),
      },
      {
        of,
        roll: new Map([
          ['a', 5],
          ['b', 6],
        ]),
      },
    ];
    expect(() => rake([1, 1, 1], sizes)).toThrow('expected margins of one roll, found rolls of 10 and 11');
    const opposed = [
      {
        of,
        roll: new Map([
          ['a', 5],
          ['b', 5],
        ]),
      },
      {
        of,
        roll: new Map([
          ['a', 6],
          ['b', 4],
        ]),
      },
    ];
    expect(() => rake([1, 1, 1], opposed)).toThrow('expected margins that some weights meet');
    expect(() => rake([1, 1, 1], [])).toThrow('one margin or more, found none');
    expect(() => rake([1, 1, 1], opposed, 0)).toThrow('tolerance above 0, found 0');
  });

  test('refuses a mean from one school', () => {
    const design = { weights: [1, 2, 3], primaryUnits: [1, 1, 1] };
    expect(() => rakedMean([1, 2, 3], design, [['a', 'b', 'a']])).toThrow('than strata, found 1 in 1');
  });
});

describe('capped weights', () => {
  test('by hand: a median of 2 lets nothing above 6 stand', () => {
    expect(capWeights([1, 2, 2, 9, 100])).toEqual([1, 2, 2, 6, 6]);
    expect(capWeights([1, 2, 3, 100], 2)).toEqual([1, 2, 3, 5]);
  });

  test('changes nothing that is not above the cap', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const before = weights(rows);
        const after = capWeights(before);
        const most = Math.max(...after);
        before.forEach((weight, row) => expect(after[row]).toBe(Math.min(weight, most)));
      }),
    );
  });
});
