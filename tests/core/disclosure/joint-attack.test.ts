import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attack } from '../../../server/core/disclosure/attack/attack.ts';
import { joinAttacks } from '../../../server/core/disclosure/attack/joint.ts';
import { attackOn, groundOf, type ItemAttack } from '../../../server/core/disclosure/attack/knowledge.ts';
import { sumOf, type AttackProblem } from '../../../server/core/disclosure/attack/problem.ts';
import { loadSolver, openProgramme } from '../../../server/core/disclosure/attack/programme.ts';
import { attackStatistically } from '../../../server/core/disclosure/attack/statistical.ts';
import { figuresOf, type FigurePlan, type ItemCounts } from '../../../server/core/disclosure/figures.ts';
import { jointGround, type CountedBand } from '../../../server/core/disclosure/joint-ground.ts';
import { BASE_5 } from '../../../server/core/disclosure/protection.ts';
import { makeItemSafe } from '../../../server/core/disclosure/safe-item.ts';
import { remaindersOf, unitsOf, type Place } from '../../../server/core/disclosure/units.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import { BANDS, inputOf } from '../../support/counted-wave.ts';

const solver = await loadSolver();

/* Four schools in two clusters, of which a correction leaves the third one out: small enough to try every table. */

const SCHOOLS = [0, 1, 2, 3];
const LEFT_OUT = 2;
const CELLS = SCHOOLS.map((school) => ({ school, band: 0, groups: {} }));
/** Nothing but rolls is read of it. */
const INPUT = {
  ...inputOf({
    schools: SCHOOLS.map((school) => ({ code: String(school), roll: { 'p5-p7': 1000 } })),
    clusters: [],
    surveys: [],
    people: [],
  }),
  cells: CELLS,
};

function counted(schools: readonly number[]): CountedBand {
  const cells = schools.map((school) => CELLS[school]!);
  const places: Place[] = [
    { id: 'authority', kind: 'authority', schools },
    { id: 'cluster:one', kind: 'cluster', schools: schools.filter((school) => school < 2) },
    { id: 'cluster:two', kind: 'cluster', schools: schools.filter((school) => school >= 2) },
  ];
  const units = unitsOf(places, 1, cells, []);
  const plan: FigurePlan = {
    units,
    remainders: remaindersOf(units, cells),
    protection: BASE_5,
    leastBases: () => units.map(() => 5),
  };
  return {
    input: INPUT,
    band: {
      band: BANDS[0]!,
      ground: groundOf(plan, cells.length, () => Infinity),
      cellOf: Int32Array.from(schools),
      stored: [...units.keys()],
      roundings: units.map(() => 1),
      schoolsOf: () => [],
    },
  };
}

/** Both releases of an item, each alone and together. */
function attacked(item: ItemCounts): { own: ItemAttack; old: ItemAttack; joined: ItemAttack } {
  const { bands, differences } = jointGround([counted(SCHOOLS.filter((one) => one !== LEFT_OUT)), counted(SCHOOLS)]);
  const [own, old] = bands.map(({ ground }) => attackOn(ground, item, figuresOf(item, ground.plan))) as [
    ItemAttack,
    ItemAttack,
  ];
  return { own, old, joined: joinAttacks(own, [old], item, { ground: bands[0]!.ground, differences }) };
}

const items = fc
  .array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 2 })
  .map((counts): ItemCounts => ({
    id: 'item',
    categories: ['yes', 'no'],
    counts: counts.map((own) => Int32Array.from(own)),
    shown: [0],
  }))
  .filter(({ counts }) => counts.flatMap((own) => [...own]).reduce((sum, count) => sum + count, 0) <= 14);

/** Whole numbers that each target takes in any table that agrees with all facts, one list of facts after the other. */
function bruteForce(lists: readonly ItemAttack[], { truth, targets }: AttackProblem): Set<number>[] {
  const facts = lists.flatMap(({ problem }) => problem.facts);
  const most = Array.from(truth, (_, unknown) =>
    Math.min(20, ...facts.filter((fact) => fact.unknowns.includes(unknown)).map((fact) => fact.high)),
  );
  const reached = targets.map(() => new Set<number>());
  const table = new Int32Array(truth.length);
  const sums = new Float64Array(facts.length);
  const factsOf = Array.from(truth, (_, unknown) =>
    facts.flatMap((fact, index) => (fact.unknowns.includes(unknown) ? [index] : [])),
  );
  const fill = (unknown: number): void => {
    if (unknown === table.length) {
      if (facts.some(({ low }, index) => sums[index]! < low)) return;
      targets.forEach((target, index) => reached[index]!.add(sumOf(table, target.unknowns)));
      return;
    }
    const before = factsOf[unknown]!.map((fact) => sums[fact]!);
    for (let value = 0; value <= most[unknown]!; value += 1) {
      table[unknown] = value;
      factsOf[unknown]!.forEach((fact, at) => (sums[fact] = before[at]! + value));
      if (factsOf[unknown]!.some((fact) => sums[fact]! > facts[fact]!.high)) break;
      fill(unknown + 1);
    }
    table[unknown] = 0;
    factsOf[unknown]!.forEach((fact, at) => (sums[fact] = before[at]!));
  };
  fill(0);
  return reached;
}

function failingOf({ problem }: ItemAttack): string[] {
  const programme = openProgramme(solver, problem);
  const state = attack(programme, problem, seededRandom('joint'));
  programme.dispose();
  return [...state.failing.keys()].map((target) => problem.targets[target]!.id);
}

describe('two releases of the same answers', () => {
  it('are attacked as if their figures stood on one page: exactly what brute force leaves too few numbers of fails', () => {
    let failing = 0;
    let onlyTogether = 0;
    fc.assert(
      fc.property(items, (item) => {
        const { own, old, joined } = attacked(item);
        const reached = bruteForce([own, old], joined.problem);
        const found = new Set(failingOf(joined));
        joined.problem.targets.forEach((target, index) => {
          const left = reached[index]!.size;
          expect(found.has(target.id), `${target.id}: ${[...reached[index]!].join()}`).toBe(left < target.least);
        });
        failing += found.size;
        const alone = new Set(failingOf(own));
        const isNews = ({ id }: { id: string }) => found.has(id) && !alone.has(id);
        onlyTogether += own.problem.targets.filter(isNews).length;
      }),
      { numRuns: 60 },
    );
    expect(failing).toBeGreaterThan(0);
    expect(onlyTogether, 'what the newer release does not give away alone').toBeGreaterThan(0);
  });

  it('are held to what one leaves of the other, and to each school that only one of them counts', () => {
    const item: ItemCounts = {
      id: 'item',
      categories: ['yes', 'no'],
      counts: [Int32Array.of(9, 8, 7, 6), Int32Array.of(5, 6, 7, 8)],
      shown: [0],
    };
    const { joined } = attacked(item);
    const ids = joined.problem.targets.map(({ id }) => id);
    expect(ids).toContain('authority/0 less another release item asked');
    expect(ids).toContain('authority/0 less another release item yes');
    // Each number of children is one target, however often it is named.
    expect(new Set(joined.problem.targets.map(({ unknowns }) => unknowns.join())).size).toBe(ids.length);
    // The third school lies in both old places and in no new one.
    const { truth, targets } = joined.problem;
    const asked = targets.find(({ id }) => id === 'authority/0 less another release item asked')!;
    expect(sumOf(truth, asked.unknowns)).toBe(14);
  });

  it('leave nothing to withhold of the earlier one: what it gives away alone is refused', () => {
    const item: ItemCounts = {
      id: 'item',
      categories: ['yes', 'no'],
      counts: [Int32Array.of(20, 20, 20, 20), Int32Array.of(25, 25, 25, 25)],
      shown: [0],
    };
    const { bands, differences } = jointGround([counted([0, 1, 3]), counted(SCHOOLS)]);
    const [{ ground }, old] = bands as [(typeof bands)[0], (typeof bands)[0]];
    const told = attackOn(old.ground, item, figuresOf(item, old.ground.plan));
    // As if it had printed its counts as they are.
    const facts = told.problem.facts.map((fact) => ({ ...fact, ...exactly(told.problem, fact.unknowns) }));
    const earlier = { ...told, problem: { ...told.problem, facts } };
    const joined = {
      ...ground,
      joined: (own: ItemAttack) => joinAttacks(own, [earlier], item, { ground, differences }),
    };
    expect(() => makeItemSafe(solver, joined, item, seededRandom('refused'))).toThrow(/stays open to attack/);
    expect(() => makeItemSafe(solver, ground, item, seededRandom('refused'))).not.toThrow();
  });

  it('are guessed from with the bases of the release that a figure stands in', () => {
    // Both schools of the second cluster are left out, and of all but a few of them somebody said yes.
    const item: ItemCounts = {
      id: 'item',
      categories: ['yes', 'no'],
      counts: [Int32Array.of(20, 20, 30, 28), Int32Array.of(25, 25, 1, 1)],
      shown: [0],
    };
    const { bands, differences } = jointGround([counted([0, 1]), counted(SCHOOLS)]);
    const [{ ground }, old] = bands as [(typeof bands)[0], (typeof bands)[0]];
    const [figures, before] = [figuresOf(item, ground.plan), figuresOf(item, old.ground.plan)];
    const rest = before.counts[0]!.findIndex(({ standing }) => standing === 'small-rest');
    expect(ground.plan.units[rest], 'no such place any more').toBeUndefined();
    const joined = joinAttacks(attackOn(ground, item, figures), [attackOn(old.ground, item, before)], item, {
      ground,
      differences,
    });
    expect(() => attackStatistically(ground, item, figures, joined)).not.toThrow();
    const fact = joined.problem.facts.findIndex(({ high }) => !Number.isFinite(high));
    expect(joined.subjects[fact]!.most).toBe(before.bases[rest]!.value + BASE_5.most);
  });
});

function exactly({ truth }: AttackProblem, unknowns: Int32Array): { low: number; high: number } {
  const sum = sumOf(truth, unknowns);
  return { low: sum, high: sum };
}
