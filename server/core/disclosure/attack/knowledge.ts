import { readingsOf, sumIn, type Figure, type FigurePlan, type ItemCounts, type ItemFigures } from '../figures.ts';
import type { Protection } from '../protection.ts';
import { LEAST_NUMERATOR } from '../rules.ts';
import { mergedCells, type Unit } from '../units.ts';
import { sumOf, type AttackProblem, type Bounds, type Fact, type Target } from './problem.ts';

/*
 * What an item's figures tell somebody who knows every rule, and for each hidden figure also which rule hid it: more
 * than anybody can know, so what withstands this withstands them.
 */

/** No authority has as many: a programme of which nothing is known needs an end too. */
const MOST_CHILDREN = 1e6;

/** Whole numbers that must be left of every count. */
export const LEAST_LEFT = 3;

/**
 * How many of the numbers that bases leave of those asked an item may rule out: with one at either end, whatever many
 * items rule out together leaves three of five.
 */
const MOST_CUT_OFF = 1;

/** The part of an attack that is the same for all items. */
export interface Ground {
  plan: FigurePlan;
  /** For each base cell its group of cells that no unit tells apart. */
  groupOf: Int32Array;
  groups: number;
  /** Groups of each unit. */
  unitGroups: readonly Int32Array[];
  /** For each unit the first one with the same groups: the same children have one figure. */
  sameAs: Int32Array;
  /** Pupils on the roll by unit; Infinity where the roll does not say. */
  rollOf: (unit: Unit) => number;
  /** Children who are no unit, and whom two units leave of one another: shared schools, which often are one. */
  apart: readonly { id: string; groups: Int32Array }[];
  /** Whole numbers that must be left of a count of the unit; `LEAST_LEFT` unless told. */
  leastLeft?: (unit: Unit) => number;
  /** By unit: how many whole numbers bases alone leave of those asked, of which an item may rule out few. */
  basesLeave?: readonly (number | undefined)[];
  /** Adds what earlier releases say of the same children; undefined where there are none. */
  joined?: (own: ItemAttack, item: ItemCounts) => ItemAttack;
}

/**
 * @param ofNobody cells that nobody can be in: unknowns for them would be room that there is not
 * @param told all units that tell cells apart: of earlier releases too, where these are attacked together
 */
export function groundOf(
  plan: FigurePlan,
  baseCells: number,
  rollOf: Ground['rollOf'],
  { ofNobody = new Set(), told = plan.units }: { ofNobody?: ReadonlySet<number>; told?: readonly Unit[] } = {},
): Ground {
  const { groupOf, groups } = mergedCells(baseCells, told);
  const unitGroups = plan.units.map(({ cells }) => {
    const own = Array.from(cells).filter((cell) => !ofNobody.has(cell));
    return Int32Array.from(new Set(own.map((cell) => groupOf[cell]!))).sort();
  });
  const first = new Map<string, number>();
  const sameAs = Int32Array.from(unitGroups, (own, unit) => {
    const key = own.join();
    const known = first.get(key) ?? unit;
    first.set(key, known);
    return known;
  });
  return { plan, groupOf, groups, unitGroups, sameAs, apart: sharedSchools(plan.units, unitGroups), rollOf };
}

/** What a cluster has more than the same cluster with every school once. */
function sharedSchools(units: readonly Unit[], unitGroups: readonly Int32Array[]): Ground['apart'] {
  return units.flatMap(({ place, filter }, once) => {
    if (place.kind !== 'once' || Object.keys(filter).length > 0) return [];
    const cluster = `cluster:${place.id.slice('once:'.length)}`;
    const whole = units.findIndex((unit) => unit.place.id === cluster && Object.keys(unit.filter).length === 0);
    const without = new Set(unitGroups[once]);
    const groups = (unitGroups[whole] ?? new Int32Array()).filter((group) => !without.has(group));
    return groups.length === 0 ? [] : [{ id: `${cluster} without ${place.id}`, groups }];
  });
}

/** Those asked of some groups, and those in each reading and outside of it. */
export function targetsOf(id: string, groups: Int32Array, least: number, item: ItemCounts): Target[] {
  const categories = item.counts.length;
  const everyone = item.counts.map((_, category) => category);
  const all = unknownsOf(groups, categories, everyone);
  const asked: Target = { id: `${id} ${item.id} asked`, unknowns: all, least };
  if (categories < 2) return [asked];
  const readings = readingsOf(item).flatMap((reading, category): Target[] => {
    const name = item.categories[category] ?? item.unions?.[category - categories]?.id;
    const others = all.filter((unknown) => !reading.categories.includes(unknown % categories));
    return [
      { id: `${id} ${item.id} ${name}`, unknowns: unknownsOf(groups, categories, reading.categories), least },
      { id: `${id} ${item.id} not ${name}`, unknowns: others, least },
    ];
  });
  return [asked, ...readings];
}

/** What a fact says: the row of a unit (category null), or one of its categories or unions. */
export interface Subject {
  unit: number;
  category: number | null;
  /** Whether withholding it would take anything away: only what is shown can be withheld. */
  isShown: boolean;
  /** The most it can be for somebody who looks for what is likeliest: its end, or else that of the unit's base. */
  most: number;
}

export interface ItemAttack {
  problem: AttackProblem;
  /** What each fact says. */
  subjects: readonly Subject[];
}

/** The attack on one item: its unknowns are the children of each group in each category. */
export function attackOn(ground: Ground, item: ItemCounts, figures: ItemFigures): ItemAttack {
  const { plan, groupOf, groups, unitGroups, sameAs } = ground;
  const { units, remainders, protection } = plan;
  const categories = item.counts.length;
  const allCategories = item.counts.map((_, category) => category);
  const readings = readingsOf(item);
  const truth = new Int32Array(groups * categories);
  item.counts.forEach((counts, category) =>
    counts.forEach((count, cell) => (truth[groupOf[cell]! * categories + category]! += count)),
  );
  const leastBases = plan.leastBases(item);
  // A base that is a sum may lie further from the number of children than one rounding.
  const more = protection.most * ((item.routed?.roundings ?? 1) - 1);
  const facts: Fact[] = [];
  const subjects: Subject[] = [];
  const targets: Target[] = [];
  const learn = (unknowns: Int32Array, bounds: Bounds | undefined, subject: Omit<Subject, 'most'>) => {
    if (!bounds) return;
    facts.push({ unknowns, ...bounds });
    // What leaves few is itself at most the whole.
    const most = Number.isFinite(bounds.high) ? bounds.high : figures.bases[subject.unit]!.value + protection.most;
    subjects.push({ ...subject, most });
  };
  if (plan.basesAreKnown) {
    for (let group = 0; group < groups; group += 1) {
      const own = unknownsOf(Int32Array.of(group), categories, allCategories);
      const total = sumOf(truth, own);
      learn(own, { low: total, high: total }, { unit: 0, category: null, isShown: false });
    }
  }
  units.forEach((unit, index) => {
    const isRemainder = remainders[index] !== undefined;
    // A place where nobody answered is no unknown to who knows that; it is hidden like any other.
    if (unitGroups[index]!.length === 0 || (sameAs[index] !== index && isRemainder)) return;
    const all = unknownsOf(unitGroups[index]!, categories, allCategories);
    const roll = ground.rollOf(unit);
    const least = Math.min(ground.leastLeft?.(unit) ?? LEAST_LEFT, roll + 1);
    const base = figures.bases[index]!;
    if (sameAs[index] === index && !plan.basesAreKnown)
      targets.push({
        id: `${unit.id} ${item.id} asked`,
        unknowns: all,
        least: Math.max(least, (ground.basesLeave?.[index] ?? 0) - MOST_CUT_OFF),
      });
    if (!plan.basesAreKnown)
      learn(all, baseBounds(base, protection, leastBases[index], roll, isRemainder, more), {
        unit: index,
        category: null,
        isShown: base.standing === 'shown',
      });
    readings.forEach((reading, category) => {
      const own = unknownsOf(unitGroups[index]!, categories, reading.categories);
      const name = item.categories[category] ?? item.unions?.[category - categories]?.id;
      if (sameAs[index] === index && categories > 1) {
        targets.push({ id: `${unit.id} ${item.id} ${name}`, unknowns: own, least });
        // With two categories the rest of one is the other.
        if (categories > 2)
          targets.push({
            id: `${unit.id} ${item.id} not ${name}`,
            unknowns: all.filter((unknown) => !reading.categories.includes(unknown % categories)),
            least,
          });
      }
      if (!item.shown.includes(category) || isRemainder) return;
      const figure = figures.counts[category]![index]!;
      if (figure.isSum) return;
      learn(own, countBounds(figure, base, protection, leastBases[index]), {
        unit: index,
        category,
        isShown: figure.standing === 'shown',
      });
    });
  });
  for (const { category, answers } of plan.keysOf ? [] : (item.atMost ?? [])) {
    units.forEach((unit, index) => {
      if (remainders[index] !== undefined || figures.bases[index]!.standing !== 'shown') return;
      const most = answers.reduce((sum, answer) => sum + mostOf(sumIn(unit, [answer], [0]), protection), 0);
      const own = unknownsOf(unitGroups[index]!, categories, [category]);
      learn(own, { low: 0, high: most }, { unit: index, category, isShown: false });
    });
  }
  if (!plan.basesAreKnown) {
    for (const { id, groups: own } of ground.apart) targets.push(...targetsOf(id, own, LEAST_LEFT, item));
  }
  facts.forEach((fact, index) => demandTruth(fact, truth, units[subjects[index]!.unit]!, item));
  const most = new Float64Array(truth.length).fill(MOST_CHILDREN);
  const own: ItemAttack = { problem: { most, facts, targets, categories, truth }, subjects };
  return ground.joined ? ground.joined(own, item) : own;
}

/** Unknowns of groups in some categories, ascending. */
export function unknownsOf(groups: Int32Array, categories: number, wanted: readonly number[]): Int32Array {
  const unknowns = new Int32Array(groups.length * wanted.length);
  groups.forEach((group, index) => {
    wanted.forEach((category, other) => (unknowns[index * wanted.length + other] = group * categories + category));
  });
  return unknowns;
}

function baseBounds(
  { value, standing }: Figure,
  protection: Protection,
  least: number | undefined,
  roll: number,
  isRemainder: boolean,
  more: number,
): Bounds | undefined {
  const onRoll = Number.isFinite(roll) ? { low: 0, high: roll } : undefined;
  if (isRemainder) return onRoll;
  if (standing === 'shown') {
    const { low, high } = around(value, protection);
    return { low: Math.max(0, low - more), high: Math.min(high + more, roll) };
  }
  if (standing === 'small-base') return { low: 0, high: Math.min(protection.mostBelow(least!) + more, roll) };
  return onRoll;
}

/** What everybody knows that an answer's count is at most, who sees its figure or knows that it is small. */
function mostOf(count: number, protection: Protection): number {
  const figure = protection.protect(count, 0);
  return figure < LEAST_NUMERATOR ? protection.mostBelow(LEAST_NUMERATOR) : figure + protection.most;
}

function countBounds(
  { value, standing }: Figure,
  base: Figure,
  protection: Protection,
  least: number | undefined,
): Bounds | undefined {
  if (standing === 'shown') return around(value, protection);
  // A base of its own that is too small within one that is not.
  if (standing === 'small-base' && base.standing === 'shown') return { low: 0, high: protection.mostBelow(least!) };
  if (standing === 'small') return { low: 0, high: protection.mostBelow(LEAST_NUMERATOR) };
  if (standing === 'small-rest') return { low: protection.leastFrom(base.value - LEAST_NUMERATOR + 1), high: Infinity };
  return undefined;
}

/** What a shown figure says. One that protection cannot have made is taken for exact. */
function around(value: number, protection: Protection): Bounds {
  if (protection.protect(value, 0) !== value && protection.name === 'base-5') return { low: value, high: value };
  return { low: Math.max(0, value - protection.most), high: value + protection.most };
}

/** @throws if a fact excludes the truth: then figures or rules are wrong, and nothing may be released */
function demandTruth({ unknowns, low, high }: Fact, truth: Int32Array, unit: Unit, { id }: ItemCounts): void {
  const sum = sumOf(truth, unknowns);
  if (sum < low || sum > high) {
    throw new Error(
      `The figures of ${unit.id} for ${id} exclude the truth: expected it between ${low} and ${high}. This is a bug in protection or rules; release nothing.`,
    );
  }
}
