import type { Highs } from 'highs';
import { attack, type Attack } from './attack/attack.ts';
import { attackOn, LEAST_LEFT, type Ground, type ItemAttack, type Subject } from './attack/knowledge.ts';
import { sumOf, wholeNumbersIn, type AttackProblem, type Chance } from './attack/problem.ts';
import { openProgramme, type Programme, type Work } from './attack/programme.ts';
import { attackStatistically, type StatisticalAudit } from './attack/statistical.ts';
import { walk } from './attack/walk.ts';
import { NEVER, withhold } from './attack/withholding.ts';
import { figuresOf, NOTHING_WITHHELD, type ItemCounts, type ItemFigures, type Withheld } from './figures.ts';
import type { Unit } from './units.ts';

/*
 * One item made safe: its figures by protection and rules, attacked, and the cheapest of them withheld until no number
 * of children can be worked out; then attacked once more from what would be published, by a programme of its own.
 */

export interface SafeItem {
  figures: ItemFigures;
  withheld: Withheld;
  audit: ItemAudit;
}

/** What the audit of an item says. Nothing in it tells a count. */
export interface ItemAudit {
  item: string;
  targets: number;
  /** Targets that passed without a programme of their own. */
  certified: number;
  /** What the attack took, with what was withheld on the way. */
  work: Work;
  /** Targets that fail, by name, and how many whole numbers are left of each. */
  failing: { target: string; left: number }[];
  /** The fewest whole numbers that are left of any target, but for those of which all that is known anyway leaves fewer. */
  narrowest: number;
  /** Shown by the rules, and how many of those are withheld. */
  shownByRule: number;
  withheld: number;
  /** What guessing by least squares came to; absent where bases alone were attacked, and of pieces kept before it was. */
  statistical?: StatisticalAudit | undefined;
}

/** Something stays open to attack whatever is withheld, so that there is no release. */
export class StaysOpen extends Error {
  /** Tells it from other errors when it comes out of a worker thread, where classes are lost. */
  readonly code = 'stays-open';
}

/** What a figure costs that is withheld: totals of places most, crossed groups least. */
export function priceOf({ filter, place }: Unit): number {
  const filters = Object.keys(filter).length;
  if (filters === 0) return 60;
  if (filters > 1) return 1;
  return place.kind === 'cluster' ? 2 : 4;
}

/** Passes after which an item is shown in fewer units. */
const MOST_PASSES = 8;

/**
 * @param before what is withheld already: rows of every item that has the same base, and cells of settled categories
 * @throws StaysOpen if some target fails whatever is withheld
 */
export function makeItemSafe(
  solver: Highs,
  ground: Ground,
  item: ItemCounts,
  chance: Chance,
  before: Withheld = NOTHING_WITHHELD,
): SafeItem {
  const { units } = ground.plan;
  let withheld = before;
  const work: Work[] = [];
  const timesStuck = new Map<string, number>();
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const figures = figuresOf(item, ground.plan, withheld);
    const attacked = withholdFrom(solver, ground, item, figures, chance);
    work.push(attacked.audit.work);
    if (attacked.audit.failing.length === 0) {
      const statistical = attackStatistically(ground, item, figures, attacked.attack);
      return { figures, withheld, audit: { ...attacked.audit, work: inAll(work), statistical } };
    }
    const cells = attacked.withheld.map(({ unit, category }) => category! * units.length + unit);
    if (cells.length === 0) {
      for (const target of attacked.stuck) {
        const found = coarsenedFor(ground, item, target, withheld, timesStuck.get(target.id) ?? 0);
        timesStuck.set(target.id, found.times);
        cells.push(...found.cells);
      }
    }
    withheld = { rows: withheld.rows, cells: new Set([...withheld.cells, ...cells]) };
  }
  throw new StaysOpen(
    `Item ${item.id} stays open to attack after ${MOST_PASSES} passes: expected no failing target. Take it out of the release, or show it for larger places only.`,
  );
}

/**
 * How many whole numbers bases alone leave of those asked, by unit, up to what rounding leaves of one. No item may rule
 * out many of them: many items have the same base, and what each of them cuts off adds up.
 * @param asked those asked, as an item of one category that is not shown
 */
export function basesLeave(
  ground: Ground,
  asked: ItemCounts,
  withheld: Withheld,
  chance: Chance,
): (number | undefined)[] {
  // What earlier releases said of the same bases was attacked with them then.
  if (ground.joined) return [];
  const { plan, sameAs, unitGroups } = ground;
  const { problem } = attackOn({ ...ground, apart: [] }, asked, figuresOf(asked, plan, withheld));
  const wide = 2 * plan.protection.most * (asked.routed?.roundings ?? 1) + 1;
  const targets = problem.targets.map((target) => ({ ...target, least: wide }));
  const truth = Float64Array.from(targets, ({ unknowns }) => sumOf(problem.truth, unknowns));
  const reach = { low: truth.slice(), high: truth.slice() };
  walk({ ...problem, targets }, chance, reach);
  const left = [...targets.keys()].map((target) => reach.high[target]! - reach.low[target]! + 1);
  return unitGroups.map((groups, unit) => (groups.length > 0 && sameAs[unit] === unit ? left.shift() : undefined));
}

function inAll(parts: readonly Work[]): Work {
  const sum = (key: keyof Work) => parts.reduce((total, part) => total + part[key], 0);
  return {
    programmes: sum('programmes'),
    retried: sum('retried'),
    wholeProgrammes: sum('wholeProgrammes'),
    givenUp: sum('givenUp'),
  };
}

/** A figure to withhold: a row (category null), or a category or union of it, in every unit of the same children. */
export type WithheldFigure = Pick<Subject, 'unit' | 'category'>;

/**
 * Which figures of an item to withhold. Where it has categories, its rows stay: bases are the same for many items, so
 * what an item gives away is mended within it.
 * @returns also the targets that fail whatever is withheld, and the audit of the figures as they came
 */
export function withholdFrom(
  solver: Highs,
  ground: Ground,
  item: ItemCounts,
  figures: ItemFigures,
  chance: Chance,
): { withheld: WithheldFigure[]; stuck: StuckTarget[]; audit: ItemAudit; attack: ItemAttack } {
  const { units } = ground.plan;
  const known = attackOn(ground, item, figures);
  const { problem, subjects } = known;
  const isRowsOnly = item.shown.length === 0;
  return withProgramme(solver, problem, (programme) => {
    const state = attack(programme, problem, chance);
    const asItCame = auditOf(item, figures, problem, state);
    const price = (fact: number) => {
      const { isShown, category, unit } = subjects[fact]!;
      const isSettled = category !== null && item.settled?.includes(category);
      return isShown && !isSettled && (category === null) === isRowsOnly ? priceOf(units[unit]!) : NEVER;
    };
    const { withheld, stuck } = withhold(programme, problem, state, price);
    // Where nothing had to go, what the longest search found is part of the attack.
    const audit = withheld.length === 0 ? auditOf(item, figures, problem, state) : asItCame;
    return {
      withheld: withheld.flatMap((fact) => sameChildren(subjects[fact]!, ground)),
      stuck: stuck.map((target) => stuckTarget(problem, target)),
      audit: { ...audit, work: { ...programme.work } },
      attack: known,
    };
  });
}

function sameChildren({ unit, category }: Subject, { plan, sameAs }: Ground): WithheldFigure[] {
  return plan.units.flatMap((_, other) => (sameAs[other] === sameAs[unit] ? [{ unit: other, category }] : []));
}

/** A target that fails whatever is withheld. */
interface StuckTarget {
  id: string;
  /** Groups of children that it counts. */
  groups: ReadonlySet<number>;
}

function stuckTarget({ targets, categories }: AttackProblem, target: number): StuckTarget {
  const { id, unknowns } = targets[target]!;
  return { id, groups: new Set(Array.from(unknowns, (unknown) => Math.floor(unknown / categories))) };
}

/** What is coarsened next for a target that was stuck so often before: the first step that hides anything more. */
function coarsenedFor(
  ground: Ground,
  item: ItemCounts,
  { groups }: StuckTarget,
  withheld: Withheld,
  before: number,
): { cells: number[]; times: number } {
  for (let times = before + 1; times <= MOST_FILTERS + 1; times += 1) {
    const cells = coarsened(ground, item, groups, times).filter((cell) => !withheld.cells.has(cell));
    if (cells.length > 0) return { cells, times };
  }
  return { cells: [], times: before };
}

/** Groups are crossed by two at most. */
const MOST_FILTERS = 2;

/**
 * Every cell of crossed groups that have children in common with a stuck target; the second time of all groups, then of
 * whole places too. What lies elsewhere tells of it by what is shown of larger places alone.
 */
function coarsened(
  { plan, unitGroups }: Ground,
  item: ItemCounts,
  groups: ReadonlySet<number>,
  times: number,
): number[] {
  return plan.units.flatMap((unit, index) =>
    Object.keys(unit.filter).length + times > MOST_FILTERS && unitGroups[index]!.some((group) => groups.has(group))
      ? item.shown.flatMap((category) =>
          item.settled?.includes(category) ? [] : [category * plan.units.length + index],
        )
      : [],
  );
}

/**
 * Which rows of bases must be withheld: the bases alone are attacked, before any item.
 * @param asked those asked, by base cell, as an item of one category that is not shown
 * @throws StaysOpen if some number of those asked stays open whatever is withheld
 */
export function withholdRows(solver: Highs, ground: Ground, asked: ItemCounts, chance: Chance): Set<number> {
  const { withheld, stuck } = withholdFrom(solver, ground, asked, figuresOf(asked, ground.plan), chance);
  if (stuck.length > 0) {
    throw new StaysOpen(
      `Numbers of those asked stay open to attack whatever is withheld: ${stuck
        .slice(0, 5)
        .map(({ id }) => id)
        .join('; ')}. Release fewer places or groups.`,
    );
  }
  return new Set(withheld.map(({ unit }) => unit));
}

/** Attacks what is published of an item, and says what came of it. */
export function auditItem(
  solver: Highs,
  ground: Ground,
  item: ItemCounts,
  figures: ItemFigures,
  chance: Chance,
): ItemAudit {
  const known = attackOn(ground, item, figures);
  const { problem } = known;
  const statistical = attackStatistically(ground, item, figures, known);
  return withProgramme(solver, problem, (programme) => {
    const state = attack(programme, problem, chance);
    withhold(programme, problem, state, () => NEVER);
    return { ...auditOf(item, figures, problem, state), work: { ...programme.work }, statistical };
  });
}

function auditOf(
  item: ItemCounts,
  figures: ItemFigures,
  problem: AttackProblem,
  state: Attack,
): Omit<ItemAudit, 'work'> {
  const left = problem.targets.map((_, target) => leftOf(state, target));
  return {
    item: item.id,
    targets: problem.targets.length,
    certified: state.certified,
    failing: [...state.failing.keys()].map((target) => ({ target: problem.targets[target]!.id, left: left[target]! })),
    narrowest: Math.min(...left.filter((_, target) => problem.targets[target]!.least >= LEAST_LEFT)),
    ...countStandings(item, figures),
  };
}

/** At most what real numbers leave, and at least what tables of whole numbers were found for. */
function leftOf({ real, whole, failing }: Attack, target: number): number {
  const of = ({ low, high }: Attack['real']) => wholeNumbersIn({ low: low[target]!, high: high[target]! });
  return failing.has(target) ? of(whole) : Math.max(of(real), of(whole));
}

function countStandings(item: ItemCounts, { counts }: ItemFigures): Pick<ItemAudit, 'shownByRule' | 'withheld'> {
  const own = item.shown.filter((category) => !item.settled?.includes(category));
  const standings = own.flatMap((category) => counts[category]!.map(({ standing }) => standing));
  const withheld = standings.filter((standing) => standing === 'withheld').length;
  return { shownByRule: withheld + standings.filter((standing) => standing === 'shown').length, withheld };
}

function withProgramme<Result>(solver: Highs, problem: AttackProblem, use: (programme: Programme) => Result): Result {
  const programme = openProgramme(solver, problem);
  try {
    return use(programme);
  } finally {
    programme.dispose();
  }
}
