import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nonNegativeLeastSquares, type LeastSquares } from '../../../server/core/disclosure/attack/least-squares.ts';

const equation = (unknowns: number[], value: number, weight = 1) => ({
  unknowns: Int32Array.from(unknowns),
  value,
  weight,
});
/** So little that known solutions are met to four digits. */
const HARDLY = 1e-6;
const EXACT = { tolerance: 1e-12, sweeps: 200_000 };

const solved = (equations: LeastSquares['equations'], towards: number[], pull = HARDLY) =>
  Array.from(nonNegativeLeastSquares({ equations, towards: Float64Array.from(towards), pull }, EXACT));

describe('non-negative least squares', () => {
  it('solves what has one solution', () => {
    const [one, other, third] = solved([equation([0, 1, 2], 9), equation([0, 1], 5), equation([1], 3)], [0, 0, 0]);
    expect(one).toBeCloseTo(2, 4);
    expect(other).toBeCloseTo(3, 4);
    expect(third).toBeCloseTo(4, 4);
  });

  it('takes the mean of what contradicts, by weight', () => {
    expect(solved([equation([0], 2), equation([0], 8)], [0])[0]).toBeCloseTo(5, 4);
    expect(solved([equation([0], 2, 3), equation([0], 8, 1)], [0])[0]).toBeCloseTo(3.5, 4);
  });

  it('goes no lower than 0, and makes the best of it', () => {
    // Without the bound 7 and -2.
    const [one, other] = solved([equation([0, 1], 5), equation([0], 7)], [0, 0]);
    expect(other).toBe(0);
    expect(one).toBeCloseTo(6, 4);
  });

  it('leaves what nothing tells apart as it was taken for', () => {
    const [one, other, free] = solved([equation([0, 1], 10, 100)], [2, 4, 7], 0.01);
    expect(one! + other!).toBeCloseTo(10, 2);
    expect(other! - one!).toBeCloseTo(2, 4);
    expect(free).toBe(7);
  });

  it('needs a pull', () => {
    expect(() => solved([equation([0], 1)], [0], 0)).toThrow('Expected a pull above 0, found 0');
  });

  const problems = fc.integer({ min: 1, max: 5 }).chain((unknowns) =>
    fc.record({
      equations: fc.array(
        fc
          .record({
            own: fc.uniqueArray(fc.integer({ min: 0, max: unknowns - 1 }), { minLength: 1 }),
            value: fc.integer({ min: -10, max: 30 }),
            weight: fc.constantFrom(0.5, 1, 4),
          })
          .map(({ own, value, weight }) => equation(own, value, weight)),
        { maxLength: 6 },
      ),
      towards: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: unknowns, maxLength: unknowns }),
      pull: fc.constantFrom(0.1, 1),
    }),
  );

  it('finds what trying every set of unknowns at 0 finds', () => {
    fc.assert(
      fc.property(problems, ({ equations, towards, pull }) => {
        const found = solved(equations, towards, pull);
        const best = byBruteForce(equations, towards, pull);
        found.forEach((value, unknown) => expect(value).toBeCloseTo(best[unknown]!, 5));
      }),
    );
  });

  it('ends where no unknown can move to anything better', () => {
    fc.assert(
      fc.property(problems, ({ equations, towards, pull }) => {
        const found = solved(equations, towards, pull);
        const best = costOf(found, equations, towards, pull);
        found.forEach((value, unknown) => {
          for (const moved of [value + 0.01, Math.max(0, value - 0.01)]) {
            const cost = costOf(found.with(unknown, moved), equations, towards, pull);
            expect(cost).toBeGreaterThanOrEqual(best - 1e-9);
          }
        });
      }),
    );
  });
});

function costOf(at: number[], equations: LeastSquares['equations'], towards: number[], pull: number): number {
  const missed = equations.reduce((sum, { unknowns, value, weight }) => {
    return sum + weight * (unknowns.reduce((total, unknown) => total + at[unknown]!, 0) - value) ** 2;
  }, 0);
  return missed + pull * at.reduce((sum, value, unknown) => sum + (value - towards[unknown]!) ** 2, 0);
}

/** The best of all solutions without a bound in which some unknowns are 0 and the others come out at 0 or more. */
function byBruteForce(equations: LeastSquares['equations'], towards: number[], pull: number): number[] {
  let best: number[] = towards.map(() => 0);
  for (let set = 1; set < 2 ** towards.length; set += 1) {
    const free = towards.flatMap((_, unknown) => ((set >> unknown) & 1 ? [unknown] : []));
    const values = normalSolution(equations, towards, pull, free);
    if (values.some((value) => value < 0)) continue;
    const candidate = towards.map((_, unknown) => values[free.indexOf(unknown)] ?? 0);
    if (costOf(candidate, equations, towards, pull) < costOf(best, equations, towards, pull)) best = candidate;
  }
  return best;
}

/** Solves the normal equations of the free unknowns by elimination. */
function normalSolution(
  equations: LeastSquares['equations'],
  towards: number[],
  pull: number,
  free: number[],
): number[] {
  const rows = free.map((one) => [
    ...free.map((other) => {
      const shared = equations.filter(({ unknowns }) => unknowns.includes(one) && unknowns.includes(other));
      return shared.reduce((sum, { weight }) => sum + weight, one === other ? pull : 0);
    }),
    equations
      .filter(({ unknowns }) => unknowns.includes(one))
      .reduce((sum, { weight, value }) => sum + weight * value, pull * towards[one]!),
  ]);
  rows.forEach((row, pivot) => {
    for (const [at, other] of rows.entries()) {
      if (at === pivot) continue;
      const factor = other[pivot]! / row[pivot]!;
      other.forEach((_, column) => (other[column]! -= factor * row[column]!));
    }
  });
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
