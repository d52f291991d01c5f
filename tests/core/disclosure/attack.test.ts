import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solve, type Constraint } from 'yalps';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import { attack } from '../../../server/core/disclosure/attack/attack.ts';
import { attackOn } from '../../../server/core/disclosure/attack/knowledge.ts';
import {
  sumOf,
  wholeNumbersIn,
  type AttackProblem,
  type Fact,
} from '../../../server/core/disclosure/attack/problem.ts';
import { loadSolver, openProgramme, type Programme } from '../../../server/core/disclosure/attack/programme.ts';
import { figuresOf } from '../../../server/core/disclosure/figures.ts';
import { smallWave } from '../../support/small-wave.ts';

const solver = await loadSolver();

function boundsOf(programme: Programme, unknowns: Int32Array, count: number): [number, number] {
  const weights = (sign: number) => {
    const all = new Float64Array(count);
    for (const unknown of unknowns) all[unknown] = sign;
    return all;
  };
  return [-1, 1].map((sign) => sumOf(programme.furthest(weights(sign)).table, unknowns)) as [number, number];
}

/** The same bounds by another solver, a simplex method in plain JavaScript. */
function secondOpinion({ facts, truth }: AttackProblem, unknowns: Int32Array): [number, number] {
  const constraints: Record<string, Constraint> = {};
  const variables: Record<string, Record<string, number>> = {};
  truth.forEach((_, unknown) => (variables[`y${unknown}`] = {}));
  facts.forEach(({ unknowns: own, low, high }, index) => {
    constraints[`f${index}`] = Number.isFinite(high) ? { min: low, max: high } : { min: low };
    for (const unknown of own) variables[`y${unknown}`]![`f${index}`] = 1;
  });
  for (const unknown of unknowns) variables[`y${unknown}`]!.wanted = 1;
  return (['minimize', 'maximize'] as const).map(
    (direction) => solve({ direction, objective: 'wanted', constraints, variables }).result,
  ) as [number, number];
}

interface HairCell {
  Hair: string;
  Eye: string;
  Sex: string;
  freq: number;
  primary: boolean;
  suppressed: boolean;
  attack_primary_only?: [number, number];
  attack_after_secondary?: [number, number];
}

describe('the attacker', () => {
  const [reference] = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'statistics', 'reference', 'expected_sdc.json'), 'utf8'),
  ) as { cells: HairCell[]; tolerance: number }[];
  const inner = reference!.cells.filter((cell) => ![cell.Hair, cell.Eye, cell.Sex].includes('Total'));
  const positionsOf = ({ Hair, Eye, Sex }: HairCell) =>
    Int32Array.from(
      inner.flatMap((cell, index) =>
        (Hair === 'Total' || Hair === cell.Hair) &&
        (Eye === 'Total' || Eye === cell.Eye) &&
        (Sex === 'Total' || Sex === cell.Sex)
          ? [index]
          : [],
      ),
    );

  for (const [name, isHidden, expected] of [
    ['primary cells alone hidden', (cell: HairCell) => cell.primary, 'attack_primary_only'],
    ['further cells hidden', (cell: HairCell) => cell.suppressed, 'attack_after_secondary'],
  ] as const) {
    it(`bounds the reference table as R's packages do, with ${name}`, () => {
      const facts = reference!.cells
        .filter((cell) => !isHidden(cell))
        .map((cell): Fact => ({ unknowns: positionsOf(cell), low: cell.freq, high: cell.freq }));
      const programme = openProgramme(solver, { most: new Float64Array(inner.length).fill(Infinity), facts });
      const hidden = reference!.cells.filter((cell) => cell[expected]);
      expect(hidden.length).toBeGreaterThan(3);
      for (const cell of hidden) {
        const [low, high] = boundsOf(programme, positionsOf(cell), inner.length);
        expect(Math.abs(low - cell[expected]![0])).toBeLessThan(1e-6);
        expect(Math.abs(high - cell[expected]![1])).toBeLessThan(1e-6);
      }
      programme.dispose();
    });
  }

  it('agrees with a second solver', () => {
    fc.assert(
      fc.property(smallWave({ schools: 4, quintiles: 3, categories: 3, most: 12 }), ({ ground, item }) => {
        const { problem } = attackOn(ground, item, figuresOf(item, ground.plan));
        const programme = openProgramme(solver, problem);
        for (const { unknowns } of problem.targets.filter((_, index) => index % 7 === 0)) {
          const [low, high] = boundsOf(programme, unknowns, problem.truth.length);
          const [otherLow, otherHigh] = secondOpinion(problem, unknowns);
          expect(Math.abs(low - otherLow)).toBeLessThan(1e-5);
          expect(Math.abs(high - otherHigh)).toBeLessThan(1e-5);
        }
        programme.dispose();
      }),
      { numRuns: 8 },
    );
  });

  it('passes exactly what brute force leaves three whole numbers of, on tables of up to twelve children', () => {
    let failing = 0;
    const waves = smallWave({ schools: 4, quintiles: 1, categories: 2, most: 3, leastBase: 5 }).filter(
      ({ item }) => item.counts.flatMap((counts) => [...counts]).reduce((sum, count) => sum + count, 0) <= 12,
    );
    fc.assert(
      fc.property(waves, ({ ground, item }) => {
        const { problem } = attackOn(ground, item, figuresOf(item, ground.plan));
        const programme = openProgramme(solver, problem);
        const state = attack(programme, problem, seededRandom('brute force'));
        const reached = bruteForce(problem);
        problem.targets.forEach((target, index) => {
          const left = reached[index]!.size;
          expect(state.failing.has(index), `${target.id}: ${[...reached[index]!].join()}`).toBe(left < target.least);
          failing += left < target.least ? 1 : 0;
        });
        programme.dispose();
      }),
      { numRuns: 60 },
    );
    // A comparison in which nothing ever fails would show nothing.
    expect(failing).toBeGreaterThan(0);
  });
});

/** Every whole number that each target takes in any table of children that agrees with all facts. */
function bruteForce({ truth, facts, targets }: AttackProblem): Set<number>[] {
  // Children that no fact bounds would be many without end: two more than the most that facts allow show enough.
  const most = truth.map((_, unknown) =>
    Math.min(16, ...facts.filter((fact) => fact.unknowns.includes(unknown)).map((fact) => fact.high)),
  );
  const reached = targets.map(() => new Set<number>());
  const table = new Int32Array(truth.length);
  const visit = (unknown: number): void => {
    if (unknown === truth.length) {
      if (facts.every((fact) => sumOf(table, fact.unknowns) >= fact.low))
        targets.forEach((target, index) => reached[index]!.add(sumOf(table, target.unknowns)));
      return;
    }
    for (let count = 0; count <= most[unknown]!; count += 1) {
      table[unknown] = count;
      if (facts.every((fact) => !fact.unknowns.includes(unknown) || sumOf(table, fact.unknowns) <= fact.high))
        visit(unknown + 1);
    }
    table[unknown] = 0;
  };
  visit(0);
  return reached;
}

describe('whole numbers within bounds', () => {
  it('are counted with the small error of a solver', () => {
    expect(wholeNumbersIn({ low: 2.9999999, high: 5.0000001 })).toBe(3);
    expect(wholeNumbersIn({ low: 3.2, high: 4.9 })).toBe(1);
    expect(wholeNumbersIn({ low: 3.2, high: 3.8 })).toBe(0);
  });
});
