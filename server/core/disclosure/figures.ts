import { sumOf } from './attack/problem.ts';
import type { ProtectedCount, Protection } from './protection.ts';
import { LEAST_NUMERATOR } from './rules.ts';
import type { Remainder, Unit } from './units.ts';

/*
 * The figures of one item in every unit of the lattice, after protection and rules. What is hidden keeps its reason
 * here, since the attack assumes that everybody knows the rules; outside the job all that is hidden looks alike.
 */

/** Why a figure is as it is. */
export type Standing =
  | 'shown'
  /** The base is too small. */
  | 'small-base'
  /** The place may not be shown for this band at all (a low rate, one school), or not what leads to a question. */
  | 'place'
  /** The numerator is too small, or what it leaves of the base. */
  | 'small'
  | 'small-rest'
  /** It is what is left of others, one of which is hidden by a rule. */
  | 'remainder'
  /** It would give something away. */
  | 'withheld';

export interface Figure {
  /** The protected count, shown or not. */
  value: number;
  standing: Standing;
  /** Set where it is the sum of two shown figures, and so tells nothing new. */
  isSum?: true;
}

/** One item: the figures of those asked and of each category and union, by unit. */
export interface ItemFigures {
  bases: Figure[];
  /** By category, in the order of the counts. */
  counts: Figure[][];
}

/** Exact counts of one item by base cell: each child asked is in exactly one category. They never leave the job. */
export interface ItemCounts {
  id: string;
  categories: readonly string[];
  /** By category, then base cell. */
  counts: readonly Int32Array[];
  /** Categories and unions that are shown; the others are only what is left. */
  shown: readonly number[];
  /** Those of `shown` that were made safe before, and stand as they are. */
  settled?: readonly number[];
  /** A category of those who gave some other answers: no more of them than gave each, counted by base cell. */
  atMost?: readonly { category: number; answers: readonly Int32Array[] }[];
  /** Those of `shown` that serve as bases of their own, such as those with a score: they are as large as bases. */
  ownBases?: readonly number[];
  /** Set where only the authority and its localities are shown, and what they leave of each other. */
  inLargePlacesOnly?: true;
  /** Set of gender, which is never crossed with sex: the few whose two descriptions differ would be counted. */
  notBySex?: true;
  /** Several categories counted as one, such as an indicator's answers; numbered after the categories. */
  unions?: readonly { id: string; categories: readonly number[] }[];
  /** Those asked the question that leads to this one, by base cell; undefined where its bases say all that is known. */
  askedBefore?: Int32Array | undefined;
  /** Set where those asked are whoever gave some answers to another question: its figures are the bases. */
  routed?: RoutedBases;
}

/** Bases that another question's figures say already: the sum of its answers that lead to this one. */
export interface RoutedBases {
  /** By unit; null where one of those answers is hidden, or what they leave of all is too small; none of rests. */
  values: readonly (number | null | undefined)[];
  /** How many protected figures each is the sum of. */
  roundings: number;
}

/** Those asked, by base cell: each of them is in one category. */
export function askedOf({ counts }: ItemCounts): Int32Array {
  const asked = new Int32Array(counts[0]?.length ?? 0);
  for (const own of counts) own.forEach((count, cell) => (asked[cell]! += count));
  return asked;
}

/** What figures of an item are counted over: each category alone, then each union. */
export function readingsOf({ counts, unions = [] }: ItemCounts): { categories: readonly number[] }[] {
  return [...counts.map((_, category) => ({ categories: [category] })), ...unions];
}

/** What figures are made by, for every item of a wave. */
export interface FigurePlan {
  units: readonly Unit[];
  remainders: readonly (Remainder | undefined)[];
  protection: Protection;
  /** Sums of record keys by category of `ItemCounts` and base cell; only protection by keys reads them. */
  keysOf?: (item: ItemCounts) => readonly Int32Array[];
  /** By unit the smallest base that the item is shown with; undefined where it is not shown at all. */
  leastBases: (item: ItemCounts) => readonly (number | undefined)[];
  /** Set where bases are not protected, since the attack takes them for known anyway: see safe-scale.ts. */
  basesAreKnown?: true;
}

/** Figures that are withheld besides what rules hide. */
export interface Withheld {
  /** Units whose whole row is withheld. */
  rows: ReadonlySet<number>;
  /** `category * units + unit`. */
  cells: ReadonlySet<number>;
}

const KNOWN: Pick<Protection, 'protect'> = { protect: (count) => count as ProtectedCount };

export const NOTHING_WITHHELD: Withheld = { rows: new Set(), cells: new Set() };

export function figuresOf(item: ItemCounts, plan: FigurePlan, withheld: Withheld = NOTHING_WITHHELD): ItemFigures {
  const { units } = plan;
  const keys = plan.keysOf?.(item);
  const all = item.counts.map((_, category) => category);
  const least = plan.leastBases(item);
  const protection = plan.basesAreKnown ? KNOWN : plan.protection;
  const given = item.routed?.values;
  const bases = protectedBy({ ...plan, protection }, all, item, keys, given).map((value, unit): Figure => {
    if (withheld.rows.has(unit)) return { value, standing: 'withheld' };
    return { value, standing: given?.[unit] === null ? 'place' : baseStanding(value, least[unit]) };
  });
  hideWithWhole(bases, plan.remainders);
  const counts = readingsOf(item).map(({ categories }, category) => {
    const figures = protectedBy(plan, categories, item, keys).map((value, unit): Figure => ({
      value,
      standing: withheld.cells.has(category * units.length + unit)
        ? 'withheld'
        : item.ownBases?.includes(category) && bases[unit]!.standing === 'shown'
          ? baseStanding(value, least[unit])
          : standingOf(value, bases[unit]!),
    }));
    hideWithWhole(figures, plan.remainders);
    return figures;
  });
  sumUnionsOfTwo(item, counts, bases);
  return { bases, counts };
}

/**
 * A union of two shown categories is their sum: rounded a third time it would miss the sum of both by 5 in every fourth
 * unit, and then only two whole numbers were left of all three.
 */
function sumUnionsOfTwo({ unions = [], categories }: ItemCounts, counts: Figure[][], bases: readonly Figure[]): void {
  unions.forEach((union, index) => {
    const [one, other, third] = union.categories.map((category) => counts[category]!);
    if (!one || !other || third) return;
    counts[categories.length + index] = counts[categories.length + index]!.map((figure, unit) => {
      const parts = [one[unit]!, other[unit]!];
      if (figure.standing !== 'shown' || parts.some(({ standing }) => standing !== 'shown')) return figure;
      const value = parts[0]!.value + parts[1]!.value;
      return { value, standing: standingOf(value, bases[unit]!), isSum: true };
    });
  });
}

function baseStanding(value: number, least: number | undefined): Standing {
  if (least === undefined) return 'place';
  return value < least ? 'small-base' : 'shown';
}

/** What the rules say of a numerator. */
export function standingOf(value: number, base: Figure): Standing {
  if (base.standing !== 'shown') return base.standing;
  if (value < LEAST_NUMERATOR) return 'small';
  return base.value - value < LEAST_NUMERATOR ? 'small-rest' : 'shown';
}

/** The sum of some categories over the cells of a unit. */
export function sumIn({ cells }: Unit, counts: readonly Int32Array[], categories: readonly number[]): number {
  return categories.reduce((sum, category) => sum + sumOf(counts[category]!, cells), 0);
}

/**
 * The protected sum of some categories, by unit: each unit's own, or what is left of a whole.
 * @param given figures that are known already
 */
function protectedBy(
  {
    units,
    remainders,
    protection,
  }: Pick<FigurePlan, 'units' | 'remainders'> & { protection: Pick<Protection, 'protect'> },
  categories: readonly number[],
  { counts }: ItemCounts,
  keys: readonly Int32Array[] | undefined,
  given: readonly (number | null | undefined)[] = [],
): number[] {
  const values = units.map(
    (unit) => protection.protect(sumIn(unit, counts, categories), keys ? sumIn(unit, keys, categories) : 0) as number,
  );
  // A whole may itself be a remainder, but never of its own part: places before their rests, totals before groups.
  const known = new Map<number, number>();
  const valueOf = (unit: number): number => {
    const from = remainders[unit];
    if (typeof given[unit] === 'number') return given[unit];
    if (!from) return values[unit]!;
    const before = known.get(unit);
    if (before !== undefined) return before;
    const value = Math.max(0, valueOf(from.whole) - valueOf(from.part));
    known.set(unit, value);
    return value;
  };
  return units.map((_, unit) => valueOf(unit));
}

/** A remainder shows only where both that it comes from do: with one of them it would show the other. */
function hideWithWhole(figures: Figure[], remainders: readonly (Remainder | undefined)[]): void {
  const standingWith = (unit: number): Standing => {
    const own = figures[unit]!.standing;
    const from = remainders[unit];
    if (!from || own !== 'shown') return own;
    const sources = [standingWith(from.whole), standingWith(from.part)];
    if (sources.every((standing) => standing === 'shown')) return 'shown';
    return sources.includes('withheld') ? 'withheld' : 'remainder';
  };
  const standings = figures.map((_, unit) => standingWith(unit));
  figures.forEach((figure, unit) => (figure.standing = standings[unit]!));
}
