import type { ItemCounts } from '../figures.ts';
import { LEAST_LEFT, targetsOf, unknownsOf, type Ground, type ItemAttack, type Subject } from './knowledge.ts';
import type { Bounds, Fact, Target } from './problem.ts';

/*
 * A release and those before it of the same children, attacked together: somebody who kept the earlier figures knows
 * them still. All facts stand over the same unknowns; only those of the newest release can be withheld.
 */

/** Children whom two releases tell apart: what one leaves of the other. */
export interface Difference {
  /** Names it in the audit. */
  id: string;
  /** Base cells, by position. */
  cells: readonly number[];
  /** Pupils on the roll; Infinity where the roll does not say. */
  roll: number;
}

/** Differences may be worked out as little as anything in a release. */
export interface JointTargets {
  ground: Pick<Ground, 'groupOf'>;
  differences: readonly Difference[];
}

/**
 * @param own of the newest release
 * @param earlier of each earlier one, over the same unknowns
 */
export function joinAttacks(
  own: ItemAttack,
  earlier: readonly ItemAttack[],
  item: ItemCounts,
  { ground, differences }: JointTargets,
): ItemAttack {
  const facts: Fact[] = [];
  const subjects: Subject[] = [];
  const told = new Map<string, Bounds>();
  const learn = (fact: Fact, subject: Subject, isFixed: boolean) => {
    const key = fact.unknowns.join();
    const known = told.get(key);
    // What was told already cannot be taken back: hiding it again would help nobody.
    if (known && known.low >= fact.low && known.high <= fact.high) return;
    if (isFixed) told.set(key, tighter(fact, known));
    facts.push(fact);
    subjects.push(subject);
  };
  const all = item.counts.map((_, category) => category);
  for (const { cells, roll } of differences) {
    if (!Number.isFinite(roll)) continue;
    const unknowns = unknownsOf(groupsOf(cells, ground.groupOf), all.length, all);
    learn({ unknowns, low: 0, high: roll }, { unit: 0, category: null, isShown: false, most: roll }, true);
  }
  for (const { problem, subjects: about } of earlier) {
    problem.facts.forEach((fact, index) => learn(fact, { ...about[index]!, isShown: false }, true));
  }
  const fixed = facts.length;
  own.problem.facts.forEach((fact, index) => learn(fact, own.subjects[index]!, false));
  const targets = [
    ...own.problem.targets,
    ...earlier.flatMap(({ problem }) => problem.targets.map((target) => ({ ...target, id: `${target.id} before` }))),
    ...differences.flatMap(({ id, cells, roll }) =>
      targetsOf(id, groupsOf(cells, ground.groupOf), Math.min(LEAST_LEFT, roll + 1), item),
    ),
  ];
  const problem = { ...own.problem, facts, targets: withoutRepeats(targets), fixed };
  return { problem, subjects };
}

function tighter({ low, high }: Bounds, known: Bounds | undefined): Bounds {
  return known ? { low: Math.max(low, known.low), high: Math.min(high, known.high) } : { low, high };
}

function groupsOf(cells: readonly number[], groupOf: Int32Array): Int32Array {
  return Int32Array.from(new Set(cells.map((cell) => groupOf[cell]!))).sort();
}

/** Of targets over the same unknowns the strictest, under the first name. */
function withoutRepeats(targets: readonly Target[]): Target[] {
  const byUnknowns = new Map<string, Target>();
  for (const target of targets) {
    const key = target.unknowns.join();
    const known = byUnknowns.get(key);
    if (target.unknowns.length === 0) continue;
    byUnknowns.set(key, known ? { ...known, least: Math.max(known.least, target.least) } : target);
  }
  return [...byUnknowns.values()];
}
