import { readingsOf, type Figure, type ItemCounts, type ItemFigures } from '../figures.ts';
import type { Protection } from '../protection.ts';
import { LEAST_NUMERATOR } from '../rules.ts';
import type { Unit } from '../units.ts';
import { nonNegativeLeastSquares, type Equation } from './least-squares.ts';
import type { Ground, ItemAttack } from './knowledge.ts';

/*
 * The second attacker: not what must be so, but what is likeliest. He fits numbers of children to all that is shown by
 * non-negative least squares and names the nearest whole number for every hidden figure of few children. He is held
 * against somebody who only guesses (decision 0036): where he hits much more often, what is shown tells too much, though
 * nothing of it is certain.
 */

/** How often hidden figures were named rightly. Numbers of figures, never of children. */
export interface StatisticalAudit {
  /** Hidden figures of fewer than ten children, or of all but so few. */
  hidden: number;
  /** Of these, named rightly by the attacker. */
  hits: number;
  /** And by somebody who knows the rules and the share of the whole authority. */
  guesses: number;
}

/** Hidden figures of more children give nobody away, and nobody hits them. */
export const FEW = 10;

/** How much narrower than one child a fact can be: an exact one counts for much, but not for everything. */
const LEAST_VARIANCE = 0.05;

/** Where nothing tells unknowns apart they stay near what an even share gives each. */
const PULL = 0.1;

/**
 * Enough for nine of ten figures of a wave that only hides what is small, and less than a tenth of the time that the
 * programmes take.
 */
const PRECISION = { tolerance: 0.005, sweeps: 250 };

/** A hidden figure of few children, as both of them see it. */
interface HiddenFigure {
  standing: Figure['standing'];
  true: number;
  estimate: number;
  /** Base times the authority's share; undefined where either is hidden. */
  expected: number | undefined;
  /** What the rule that hid it leaves. */
  least: number;
  most: number;
}

/** Attacks the hidden figures of an item from all that is shown of it. */
export function attackStatistically(
  ground: Ground,
  item: ItemCounts,
  figures: ItemFigures,
  attack: ItemAttack,
): StatisticalAudit {
  // Points of a scale are no children, and of these it is asked for itself.
  if (ground.plan.basesAreKnown) return { hidden: 0, hits: 0, guesses: 0 };
  const hidden = hiddenFigures(ground, item, figures, attack.problem.truth, estimateOf(attack));
  const ways = [...Map.groupBy(hidden, ({ standing }) => standing).values()];
  return {
    hidden: hidden.length,
    hits: hitsOf(hidden, ({ estimate }) => estimate),
    guesses: ways.reduce((sum, own) => sum + guessedOf(own), 0),
  };
}

/**
 * How many of the figures that one rule hid are guessed: by the one number that is right most often, chosen with
 * hindsight, or by the share of the whole authority, whichever is better. Nobody who guesses does better than that.
 */
function guessedOf(hidden: readonly HiddenFigure[]): number {
  const constants = Array.from({ length: FEW }, (_, constant) => hitsOf(hidden, () => constant));
  return Math.max(
    ...constants,
    hitsOf(hidden, ({ expected }) => expected),
  );
}

function hitsOf(hidden: readonly HiddenFigure[], name: (figure: HiddenFigure) => number | undefined): number {
  return hidden.filter((figure) => within(figure, name(figure)) === figure.true).length;
}

/** The likeliest numbers of children, by unknown of the attack. */
function estimateOf({ problem, subjects }: ItemAttack): Float64Array {
  const equations = problem.facts.map(({ unknowns, low }, fact): Equation => {
    const { most } = subjects[fact]!;
    const variance = ((most - low + 1) ** 2 - 1) / 12;
    return { unknowns, value: (low + most) / 2, weight: 1 / Math.max(LEAST_VARIANCE, variance) };
  });
  const towards = evenShares(equations, problem.truth.length);
  return nonNegativeLeastSquares({ equations, towards, pull: PULL }, PRECISION);
}

/** What each unknown would be if all unknowns of the fact that says least of them were equal. */
function evenShares(equations: readonly Equation[], unknowns: number): Float64Array {
  const shares = new Float64Array(unknowns).fill(Infinity);
  for (const { unknowns: own, value } of equations) {
    const share = value / own.length;
    for (const unknown of own) shares[unknown] = Math.min(shares[unknown]!, share);
  }
  return shares.map((share) => (Number.isFinite(share) ? share : 0));
}

function hiddenFigures(
  { plan, unitGroups, sameAs }: Ground,
  item: ItemCounts,
  { bases, counts }: ItemFigures,
  truth: Int32Array,
  estimate: Float64Array,
): HiddenFigure[] {
  const { units, protection } = plan;
  const categories = item.counts.length;
  const readings = readingsOf(item);
  const leastBases = plan.leastBases(item);
  const wholes = new Map(units.flatMap((unit, index) => (isWhole(unit) ? [[unit.band, index] as const] : [])));
  const sum = (values: ArrayLike<number>, unit: number, wanted: (category: number) => boolean) => {
    let total = 0;
    for (const group of unitGroups[unit]!) {
      for (let category = 0; category < categories; category += 1)
        if (wanted(category)) total += values[group * categories + category]!;
    }
    return total;
  };
  return item.shown.flatMap((reading) => {
    const own = new Set(readings[reading]!.categories);
    return units.flatMap(({ band }, unit): HiddenFigure[] => {
      const { standing } = counts[reading]![unit]!;
      if (standing === 'shown' || sameAs[unit] !== unit) return [];
      // Where all but a few are hidden, the few are what is asked for.
      const isRest = standing === 'small-rest';
      const wanted = (category: number) => own.has(category) !== isRest;
      const exact = sum(truth, unit, wanted);
      if (exact >= FEW) return [];
      const share = shareOf(counts[reading]!, bases, wholes.get(band));
      const base = bases[unit]!;
      const expected =
        share === undefined || base.standing !== 'shown' ? undefined : base.value * (isRest ? 1 - share : share);
      // A difference of two figures is as far off as both.
      const more = plan.remainders[unit] ? protection.most : 0;
      const range = rangeOf(standing, protection, leastBases[unit], more);
      return [{ standing, true: exact, estimate: sum(estimate, unit, wanted), expected, ...range }];
    });
  });
}

function isWhole({ place, filter }: Unit): boolean {
  return place.kind === 'authority' && Object.keys(filter).length === 0;
}

function shareOf(counts: readonly Figure[], bases: readonly Figure[], whole: number | undefined): number | undefined {
  const figure = whole === undefined ? undefined : counts[whole];
  return figure?.standing === 'shown' ? figure.value / bases[whole!]!.value : undefined;
}

/** Between which numbers of children a hidden figure lies, as everybody knows who knows the rule that hid it. */
function rangeOf(
  standing: Figure['standing'],
  protection: Protection,
  leastBase: number | undefined,
  more: number,
): { least: number; most: number } {
  const small = protection.mostBelow(LEAST_NUMERATOR);
  if (standing === 'small') return { least: 0, most: small + more };
  if (standing === 'small-rest') return { least: 0, most: small + protection.most + more };
  if (standing === 'small-base') return { least: 0, most: protection.mostBelow(leastBase!) + more };
  return { least: standing === 'withheld' ? protection.leastFrom(LEAST_NUMERATOR) : 0, most: Infinity };
}

function within({ least, most }: HiddenFigure, named: number | undefined): number | undefined {
  return named === undefined ? undefined : Math.min(most, Math.max(least, Math.round(named)));
}
