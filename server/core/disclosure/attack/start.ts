import type { Highs } from 'highs';
import { openModel } from './programme.ts';
import { sumOf, type AttackProblem, type Chance, type Fact } from './problem.ts';
import { inverted } from './walk.ts';

/*
 * A table of whole numbers that agrees with all facts, for somebody outside who knows no true one to start from. First
 * every fact is scaled to what it says, one after the other (iterative proportional fitting, Deming and Stephan 1940),
 * then the numbers are rounded, then broken facts are repaired one by one, those that stay broken weighing more and
 * more (WalkSAT, Selman, Kautz and Cohen 1994; weights: Morris 1993). Where that does not get there, a linear programme
 * gives another place to start from.
 */

export type Start =
  | { kind: 'found'; table: Int32Array }
  /** No table agrees with all facts, not even of real numbers: the facts contradict each other. */
  | { kind: 'impossible' }
  /** There are real numbers that agree, but no whole ones were found. */
  | { kind: 'not-found' };

/** What is known, without a true table. */
export type Known = Pick<AttackProblem, 'most' | 'facts'>;

const SWEEPS = 150;
/** Repairs before another start is tried, and the same from the last one. */
const REPAIRS = 60_000;
const LAST_REPAIRS = 600_000;
/** Ways to repair a broken fact that are compared. */
const CHOICES = 40;
/** How often a repair is taken by chance. */
const NOISE = 0.02;
/** Steps in which a change is not taken back. */
const TABU = 12;

export function findTable(solver: Highs, known: Known, chance: Chance): Start {
  const size = known.most.length;
  const first = repaired(known, rounded(proportional(known)), chance, REPAIRS);
  if (first) return { kind: 'found', table: first };
  const real = someTable(solver, known);
  if (!real) return { kind: 'impossible' };
  // Halfway between both: the programme's table is extreme, the proportional one broken.
  const fitted = proportional(known, real, 0.5);
  const starts = [rounded(fitted), rounded(real)];
  for (const start of starts) {
    const table = repaired(known, start, chance, LAST_REPAIRS);
    if (table) return { kind: 'found', table };
  }
  const whole = size <= MOST_FOR_WHOLE ? someWholeTable(solver, known) : undefined;
  return whole ? { kind: 'found', table: whole } : { kind: 'not-found' };
}

/** Unknowns up to which a programme of whole numbers is asked. */
const MOST_FOR_WHOLE = 3000;
const SECONDS_FOR_WHOLE = 20;

/** @param from where to begin, and how much of it is kept against equal numbers everywhere */
function proportional({ most, facts }: Known, from?: Float64Array, kept = 0): Float64Array {
  const table = Float64Array.from(most, (_, unknown) => (from ? kept * from[unknown]! + (1 - kept) : 1));
  const bounded = facts.filter(({ low, high }) => low > 0 || high < Infinity);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let worst = 0;
    for (const { unknowns, low, high } of bounded) {
      const sum = sumOf(table, unknowns);
      if (sum >= low && sum <= high) continue;
      worst = Math.max(worst, sum < low ? low - sum : sum - high);
      const wanted = aim(sum, low, high);
      const factor = sum > 0 ? wanted / sum : 0;
      for (const unknown of unknowns) table[unknown] = sum > 0 ? table[unknown]! * factor : wanted / unknowns.length;
    }
    if (worst < 0.5) break;
  }
  return table;
}

/** A little inside of what is known, so that rounding breaks fewer facts. */
function aim(sum: number, low: number, high: number): number {
  const inside = Math.min(1, (high - low) / 3);
  return sum < low ? low + inside : high - inside;
}

/** What is rounded off one number goes to the next. */
function rounded(table: Float64Array): Int32Array {
  let carried = 0;
  return Int32Array.from(table, (value) => {
    const whole = Math.max(0, Math.round(value + carried));
    carried += value - whole;
    return whole;
  });
}

/** @returns the table with every fact repaired, or undefined where some stay broken */
export function repaired(
  { facts, most }: Known,
  start: Int32Array,
  chance: Chance,
  repairs: number = REPAIRS,
): Int32Array | undefined {
  const table = start.slice();
  const { starts, values } = inverted(facts, table.length);
  const sums = Float64Array.from(facts, ({ unknowns }) => sumOf(table, unknowns));
  const weights = new Float64Array(facts.length).fill(1);
  const broken = brokenSet(facts.length);
  const changedAt = new Int32Array(table.length).fill(-TABU);
  const below = (limit: number) => Math.floor(chance.next() * limit);
  const isBroken = ({ low, high }: Fact, sum: number) => sum < low || sum > high;
  facts.forEach((fact, index) => broken.set(index, isBroken(fact, sums[index]!)));

  function costOf(unknown: number, change: number): number {
    let cost = 0;
    for (let at = starts[unknown]!; at < starts[unknown + 1]!; at += 1) {
      const index = values[at]!;
      const { low, high } = facts[index]!;
      const sum = sums[index]!;
      const isWorse = change > 0 ? sum >= high : sum <= low;
      const isBetter = change > 0 ? sum < low : sum > high;
      if (isWorse) cost += weights[index]!;
      if (isBetter) cost -= weights[index]!;
    }
    return cost;
  }

  function apply(unknown: number, change: number): void {
    table[unknown]! += change;
    for (let at = starts[unknown]!; at < starts[unknown + 1]!; at += 1) {
      const index = values[at]!;
      sums[index]! += change;
      broken.set(index, isBroken(facts[index]!, sums[index]!));
    }
  }

  const mayChange = (unknown: number, change: number) =>
    change > 0 ? table[unknown]! < most[unknown]! : table[unknown]! > 0;

  function bestIn({ unknowns }: Fact, change: number, step: number): { unknown: number; cost: number } {
    const isSmall = unknowns.length <= CHOICES;
    const tries = isSmall ? unknowns.length : CHOICES;
    const first = below(unknowns.length);
    let best = { unknown: -1, cost: Infinity };
    for (let choice = 0; choice < tries; choice += 1) {
      const unknown = unknowns[isSmall ? (first + choice) % unknowns.length : below(unknowns.length)]!;
      if (!mayChange(unknown, change) || step - changedAt[unknown]! < TABU) continue;
      const cost = chance.next() < NOISE ? -Infinity : costOf(unknown, change);
      if (cost < best.cost) best = { unknown, cost };
    }
    return best;
  }

  for (let step = 0; step < repairs; step += 1) {
    if (broken.size() === 0) return table;
    const index = broken.at(below(broken.size()));
    const fact = facts[index]!;
    const change = sums[index]! < fact.low ? 1 : -1;
    const { unknown, cost } = bestIn(fact, change, step);
    if (cost >= 0) weights[index]! += 0.2;
    if (unknown < 0) continue;
    changedAt[unknown] = step;
    apply(unknown, change);
  }
  return broken.size() === 0 ? table : undefined;
}

/** Positions of facts that are broken, any of which can be picked by chance. */
function brokenSet(count: number) {
  const list: number[] = [];
  const places = new Int32Array(count).fill(-1);
  return {
    size: () => list.length,
    at: (place: number) => list[place]!,
    set(index: number, isBroken: boolean): void {
      const place = places[index]!;
      if (isBroken === place >= 0) return;
      if (isBroken) {
        places[index] = list.push(index) - 1;
        return;
      }
      const last = list.pop()!;
      if (last !== index) {
        list[place] = last;
        places[last] = place;
      }
      places[index] = -1;
    },
  };
}

/** A table of real numbers that agrees with all facts; undefined where there is none. */
function someTable(solver: Highs, known: Known): Float64Array | undefined {
  const model = openModel(solver, known);
  try {
    model.options.set({ simplex_strategy: 1, presolve: 'on' });
    if (model.run().modelStatus !== solver.constants.modelStatus.optimal) return undefined;
    return Float64Array.from(model.getSolution().colValue);
  } finally {
    model.dispose();
  }
}

function someWholeTable(solver: Highs, known: Known): Int32Array | undefined {
  const model = openModel(solver, known);
  try {
    const { length } = known.most;
    model.options.set({ simplex_strategy: 1, presolve: 'on', time_limit: SECONDS_FOR_WHOLE });
    const integer = new Int32Array(length).fill(solver.constants.variableType.integer);
    model.changeColsIntegrality({ kind: 'range', from: 0, to: length - 1 }, integer);
    if (model.run().modelStatus !== solver.constants.modelStatus.optimal) return undefined;
    return Int32Array.from(model.getSolution().colValue, Math.round);
  } finally {
    model.dispose();
  }
}
