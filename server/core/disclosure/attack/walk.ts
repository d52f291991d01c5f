import { sumOf, type AttackProblem, type Chance, type Reach } from './problem.ts';

/*
 * Tables of whole numbers that agree with all facts, found by walking from the true one: a child more here, and where
 * that breaks a fact one fewer there, until every fact holds again. Each table that the walk comes through widens what
 * is known to be possible. It proves width and never its absence: what it leaves open is asked of programmes. (Moves
 * between tables with the same margins: Diaconis and Sturmfels 1998; repairing one broken fact after the other:
 * WalkSAT, Selman, Kautz and Cohen 1994.)
 */

/** Chains tried for one target either way before it is left to a programme, by rounds: most need few. */
const TRIES = [20, 120];
/** The same where a programme says that there should be room. */
const LONG_SEARCH = 300;
/** Chains tried one way before the other. */
const ONE_WAY = 20;
/** Changes after which a chain is given up. */
const LONGEST = 30;
/** Ways to mend a broken fact that are compared. */
const CHOICES = 25;
/** How many groups a child is exchanged with first. */
const NEAR = 16;

/**
 * Widens the reach of all targets as far as the walk gets.
 * @param whole reach by tables of whole numbers, widened in place
 * @returns a longer search for one target, from where the walk ended
 */
export function walk(problem: AttackProblem, chance: Chance, whole: Reach): (target: number) => void {
  const walker = openWalker(problem, chance, whole);
  const isOpen = (target: number) => whole.high[target]! - whole.low[target]! < problem.targets[target]!.least - 1;
  const push = (target: number, tries: number) => {
    // Long enough one way that a step back does not undo each step on.
    for (let turn = 0; turn < 2 * tries && isOpen(target); turn += 1) {
      walker.chain(target, Math.floor(turn / ONE_WAY) % 2 === 0 ? 1 : -1);
    }
  };
  for (const tries of TRIES) problem.targets.forEach((_, target) => push(target, tries));
  return (target) => push(target, LONG_SEARCH);
}

interface Walker {
  /** Tries to take a target up (1) or down (-1) by a chain of changes. */
  chain(target: number, way: number): void;
}

/** Lists of whole numbers, one after the other: list `row` is `values[starts[row]]` up to `starts[row + 1]`. */
export interface Lists {
  starts: Int32Array;
  values: Int32Array;
}

function openWalker({ facts, targets, truth, categories }: AttackProblem, chance: Chance, whole: Reach): Walker {
  const table = Int32Array.from(truth);
  const factsOf = inverted(facts, truth.length);
  const targetsOf = inverted(targets, truth.length);
  const sums = facts.map(({ unknowns }) => sumOf(truth, unknowns));
  // How far each fact may still go up and down; below zero it is broken.
  const up = Float64Array.from(facts, ({ high }, fact) => high - sums[fact]!);
  const down = Float64Array.from(facts, ({ low }, fact) => sums[fact]! - low);
  const values = Int32Array.from(targets, ({ unknowns }) => sumOf(truth, unknowns));
  const isIn = targets.map(({ unknowns }) => new Set(unknowns));
  const neighbours = neighboursOf(factsOf, truth.length / categories, categories);
  const below = (most: number) => Math.floor(chance.next() * most);
  // The changes of the chain at hand.
  const changed: number[] = [];
  const by: number[] = [];

  /** How much more (or, below zero, less) facts are broken if an unknown changes. */
  function costOf(unknown: number, change: number): number {
    let cost = 0;
    for (let at = factsOf.starts[unknown]!; at < factsOf.starts[unknown + 1]!; at += 1) {
      const fact = factsOf.values[at]!;
      const room = change > 0 ? up[fact]! : down[fact]!;
      const other = change > 0 ? down[fact]! : up[fact]!;
      if (room <= 0) cost += 1;
      if (other < 0) cost -= 1;
    }
    return cost;
  }

  function apply(unknown: number, change: number): void {
    table[unknown]! += change;
    for (let at = factsOf.starts[unknown]!; at < factsOf.starts[unknown + 1]!; at += 1) {
      const fact = factsOf.values[at]!;
      up[fact]! -= change;
      down[fact]! += change;
    }
    changed.push(unknown);
    by.push(change);
  }

  function takeBack(): void {
    while (changed.length > 0) {
      apply(changed.pop()!, -by.pop()!);
      changed.pop();
      by.pop();
    }
  }

  /** A fact that the changes of this chain broke; undefined where every fact holds. */
  function brokenFact(): number | undefined {
    for (let change = changed.length - 1; change >= 0; change -= 1) {
      const unknown = changed[change]!;
      const from = factsOf.starts[unknown]!;
      const size = factsOf.starts[unknown + 1]! - from;
      const first = below(size);
      for (let at = 0; at < size; at += 1) {
        const fact = factsOf.values[from + ((first + at) % size)]!;
        if (up[fact]! < 0 || down[fact]! < 0) return fact;
      }
    }
    return undefined;
  }

  /** The change among some that mends a fact and breaks fewest others, and does not take the target back. */
  function mend(fact: number, target: number): boolean {
    const change = up[fact]! < 0 ? -1 : 1;
    const { unknowns } = facts[fact]!;
    let best = -1;
    let bestCost = Infinity;
    for (let choice = 0; choice < CHOICES; choice += 1) {
      const far = () => (change < 0 ? somebody(unknowns) : unknowns[below(unknowns.length)]!);
      const unknown = choice < 0.7 * CHOICES ? nearUnknown(fact) : far();
      if (unknown < 0 || isIn[target]!.has(unknown) || (change < 0 && table[unknown] === 0)) continue;
      const cost = costOf(unknown, change);
      if (cost < bestCost) [best, bestCost] = [unknown, cost];
    }
    if (best < 0) return false;
    apply(best, change);
    return true;
  }

  /** Near one of the changes of the chain: the same answer of a near group, or another answer of the same group. */
  function nearUnknown(fact: number): number {
    const unknown = changed[below(changed.length)]!;
    const group = Math.floor(unknown / categories);
    const near = neighbours[group]!;
    const found =
      near.length > 0 && chance.next() < 0.6
        ? near[below(near.length)]! * categories + (unknown % categories)
        : group * categories + below(categories);
    return holds(fact, found) ? found : -1;
  }

  function holds(fact: number, unknown: number): boolean {
    for (let at = factsOf.starts[unknown]!; at < factsOf.starts[unknown + 1]!; at += 1) {
      if (factsOf.values[at] === fact) return true;
    }
    return false;
  }

  /** An unknown that counts a child, to begin with at a random place; -1 where none does. */
  function somebody(unknowns: Int32Array): number {
    const first = below(unknowns.length);
    for (let at = 0; at < unknowns.length; at += 1) {
      const unknown = unknowns[(first + at) % unknowns.length]!;
      if (table[unknown]! > 0) return unknown;
    }
    return -1;
  }

  function note(): void {
    for (const list of [0, 1]) {
      changed.forEach((unknown, index) => {
        for (let at = targetsOf.starts[unknown]!; at < targetsOf.starts[unknown + 1]!; at += 1) {
          const target = targetsOf.values[at]!;
          if (list === 0) values[target]! += by[index]!;
          else {
            if (values[target]! < whole.low[target]!) whole.low[target] = values[target]!;
            if (values[target]! > whole.high[target]!) whole.high[target] = values[target]!;
          }
        }
      });
    }
    changed.length = 0;
    by.length = 0;
  }

  return {
    chain(target, way) {
      const { unknowns } = targets[target]!;
      const unknown = way > 0 ? unknowns[below(unknowns.length)]! : somebody(unknowns);
      if (unknown < 0) return;
      apply(unknown, way);
      for (let fact = brokenFact(); fact !== undefined; fact = brokenFact()) {
        if (changed.length >= LONGEST || !mend(fact, target)) return takeBack();
      }
      note();
    },
  };
}

/** For each group those that most facts count together with it: an exchange with these changes least. */
function neighboursOf({ starts, values }: Lists, groups: number, categories: number): number[][] {
  const factsOf = Array.from({ length: groups }, (_, group) =>
    values.subarray(starts[group * categories], starts[group * categories + 1]),
  );
  const marks = new Int32Array(values.reduce((most, fact) => Math.max(most, fact), 0) + 1);
  return factsOf.map((own, group) => {
    for (const fact of own) marks[fact] = group + 1;
    const apart = factsOf.map((theirs, other) => {
      let shared = 0;
      for (const fact of theirs) if (marks[fact] === group + 1) shared += 1;
      return { other, changed: own.length + theirs.length - 2 * shared };
    });
    return apart
      .filter(({ other }) => other !== group)
      .toSorted((one, other) => one.changed - other.changed)
      .slice(0, NEAR)
      .map(({ other }) => other);
  });
}

/** For each unknown the lists that hold it. */
export function inverted(lists: readonly { unknowns: Int32Array }[], size: number): Lists {
  const starts = new Int32Array(size + 1);
  for (const { unknowns } of lists) for (const unknown of unknowns) starts[unknown + 1]! += 1;
  for (let unknown = 0; unknown < size; unknown += 1) starts[unknown + 1]! += starts[unknown]!;
  const values = new Int32Array(starts[size]!);
  const next = starts.slice();
  lists.forEach(({ unknowns }, index) => {
    for (const unknown of unknowns) values[next[unknown]!++] = index;
  });
  return { starts, values };
}
