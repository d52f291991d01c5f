import type { Corner, Furthest, Programme } from './programme.ts';
import { repaired } from './start.ts';
import { walk } from './walk.ts';
import {
  sumOf,
  TOLERANCE,
  wholeNumbersIn,
  type AttackProblem,
  type Bounds,
  type Target,
  type Chance,
  type Reach,
} from './problem.ts';

/*
 * The attack: how far may each target lie apart, given all facts? First width is certified cheaply, by tables that
 * agree with all facts and lie far apart, found by a walk from the true one. Only what is left then is asked one by
 * one. Method: Fischetti and Salazar 2001 (bounds by linear programmes); the certificates are ours.
 */
export interface Attack {
  /** How far tables that agree with all facts reach for each target, as far as they were found yet. */
  readonly real: Reach;
  /** The same for tables of whole numbers. */
  readonly whole: Reach;
  /** A corner where all numbers are whole: whoever starts there mostly ends at another one. */
  corner: Corner | undefined;
  /** Targets that certificates passed, without a programme of their own. */
  certified: number;
  /** Targets that fail, with the facts that hold them. */
  failing: Map<number, Set<number>>;
  /** Looks longer for whole numbers of a target. */
  search: (target: number) => void;
  /** Looks for them longest, where nothing else would open the target. @returns whether it has passed */
  searchLongest: (target: number) => boolean;
}

/** Unknowns up to which whole numbers are searched for; in larger problems the search would never end, and the target fails. */
const MOST_FOR_WHOLE = 200;

/** How often whole numbers are looked for where nothing can be withheld. */
const SEARCHES = 20;

/** Attacks every target of a problem. */
export function attack(programme: Programme, problem: AttackProblem, chance: Chance): Attack {
  const truth = Float64Array.from(problem.targets, (target) => sumOf(problem.truth, target.unknowns));
  const reach = () => ({ low: truth.slice(), high: truth.slice() });
  const state: Attack = {
    real: reach(),
    whole: reach(),
    corner: undefined,
    certified: 0,
    failing: new Map(),
    search: () => undefined,
    searchLongest: (target) => repairTowards(problem, state, target, chance),
  };
  state.search = walk(problem, chance, state.whole);
  state.certified = problem.targets.length - openTargets(problem, state).length;
  for (const target of openTargets(problem, state)) probe(programme, problem, state, target);
  return state;
}

/** Positions of targets that have not passed. */
export function openTargets({ targets }: AttackProblem, state: Attack): number[] {
  return targets.flatMap((target, index) => (hasPassed(target, state, index) ? [] : [index]));
}

/** Real numbers must leave more than enough: whoever counts children can rule out what only fractions reach. */
function hasPassed({ least }: Target, { real, whole }: Attack, index: number): boolean {
  return wholeNumbersIn(boundsOf(real, index)) > least || wholeNumbersIn(boundsOf(whole, index)) >= least;
}

function boundsOf({ low, high }: Reach, target: number): Bounds {
  return { low: low[target]!, high: high[target]! };
}

/**
 * Asks for one target alone, upwards and downwards, and at the brim once more in whole numbers.
 * A target that fails stands in `failing` with the facts that hold it from either side.
 */
export function probe(programme: Programme, problem: AttackProblem, state: Attack, index: number): void {
  const target = problem.targets[index]!;
  const held = new Set<number>();
  state.failing.delete(index);
  for (const way of [1, -1]) {
    const found = programme.furthest(weightsOf(problem, target, way), state.corner);
    note(problem, state, found);
    for (const fact of found.binding) held.add(fact);
    if (hasPassed(target, state, index)) return;
  }
  if (wholeNumbersIn(boundsOf(state.real, index)) >= target.least) {
    const searches = isHeldForGood(problem, held) ? SEARCHES : 1;
    for (let turn = 0; turn < searches && !hasPassed(target, state, index); turn += 1) state.search(index);
    const isSmall = problem.truth.length <= MOST_FOR_WHOLE;
    if (isSmall && !hasPassed(target, state, index)) askInWholeNumbers(programme, problem, state, index);
  }
  if (!hasPassed(target, state, index)) state.failing.set(index, held);
}

/** Whether nothing that can be withheld holds a target: then a search that ends too early cannot be made up for. */
function isHeldForGood({ fixed = 0 }: AttackProblem, held: ReadonlySet<number>): boolean {
  return fixed > 0 && [...held].every((fact) => fact < fixed);
}

/**
 * Sets a target to the ends that real numbers reach and repairs the true table until every fact holds again. It takes
 * seconds, and finds what neither the walk's short chains nor a corner of the programme come to.
 */
function repairTowards(problem: AttackProblem, state: Attack, index: number, chance: Chance): boolean {
  const { unknowns } = problem.targets[index]!;
  const { low, high } = boundsOf(state.real, index);
  for (const end of [Math.floor(high + TOLERANCE), Math.ceil(low - TOLERANCE)]) {
    if (end >= state.whole.low[index]! && end <= state.whole.high[index]!) continue;
    const facts = [...problem.facts, { unknowns, low: end, high: end }];
    const found = repaired({ most: problem.most, facts }, problem.truth, chance);
    if (found) widenAll(problem, state.whole, found);
  }
  const hasNow = hasPassed(problem.targets[index]!, state, index);
  if (hasNow) state.failing.delete(index);
  return hasNow;
}

/** A solver that gives up finds nothing, and the target fails. */
function askInWholeNumbers(programme: Programme, problem: AttackProblem, { whole }: Attack, index: number): void {
  const target = problem.targets[index]!;
  const high = programme.furthestWhole(weightsOf(problem, target, 1));
  const low = programme.furthestWhole(weightsOf(problem, target, -1));
  if (high !== undefined) whole.high[index] = Math.max(whole.high[index]!, high);
  if (low !== undefined) whole.low[index] = Math.min(whole.low[index]!, -low);
}

function weightsOf({ truth }: AttackProblem, { unknowns }: Target, weight: number): Float64Array {
  const weights = new Float64Array(truth.length);
  for (const unknown of unknowns) weights[unknown] = weight;
  return weights;
}

/** A table that agrees with every fact widens what is known to be possible of every target. */
function note(problem: AttackProblem, state: Attack, { table, isWhole, corner }: Furthest): void {
  if (isWhole) state.corner ??= corner();
  widenAll(problem, state.real, table);
  if (isWhole) widenAll(problem, state.whole, table.map(Math.round));
}

function widenAll({ targets }: AttackProblem, reach: Reach, table: ArrayLike<number>): void {
  targets.forEach((target, index) => widen(reach, index, sumOf(table, target.unknowns)));
}

function widen({ low, high }: Reach, index: number, value: number): void {
  if (value < low[index]!) low[index] = value;
  if (value > high[index]!) high[index] = value;
}
