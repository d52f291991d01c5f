import { BASE_5 } from '../disclosure/protection.ts';
import type { CubeItem, CubeTable, Release } from '../disclosure/release.ts';
import { EVERYBODY } from '../disclosure/units.ts';
import type { Indicator } from '../survey/definition.ts';
import { NOT_ALL_ANSWERED, OUTCOME_COUNTS, SEVERAL_OUTCOMES } from '../survey/derived.ts';
import { byarLimits, poissonBinomial, SEVERAL } from './co-occurrence.ts';
import type { TablePlace } from './figure.ts';

/** How many more young people have three poor outcomes or more than if each came by itself, as it is printed. */
export interface OutcomesTogether {
  /** Observed over expected, to one decimal, and Byar's 95% limits. */
  ratio: number;
  low: number;
  high: number;
}

/** A poor outcome: an answer to its question that its indicator does not count. */
export type PoorOutcome = Pick<Indicator, 'question' | 'anyOf'>;

/**
 * Observed over expected under independence within band and sex, from what a release shows: among girls, say, everybody
 * has each outcome with the share that it has among girls who answered. Sexes that are hidden are left out on both sides.
 * @param at a place and band
 * @returns undefined where too little is shown, next to nobody is expected, or rounding could move the number observed by
 *   more than the standard deviation that chance gives it
 * @see co-occurrence.ts for the sources
 */
export function outcomesTogether(
  release: Release,
  at: Omit<TablePlace, 'item' | 'group'>,
  outcomes: readonly PoorOutcome[],
): OutcomesTogether | undefined {
  const strata = sexesOf(release, at).flatMap((group) => stratumOf(release, { ...at, group }, outcomes) ?? []);
  const observed = strata.reduce((sum, stratum) => sum + stratum.observed, 0);
  const expected = strata.reduce((sum, stratum) => sum + stratum.expected, 0);
  const rounding = strata.reduce((sum, stratum) => sum + stratum.rounding, 0);
  // The standard deviation of a Poisson count is the root of what is expected.
  if (expected < LEAST_EXPECTED || rounding > Math.sqrt(expected)) return undefined;
  const { low, high } = byarLimits(observed);
  const printed = (count: number) => Math.round((count / expected) * 10) / 10;
  return { ratio: printed(observed), low: printed(low), high: printed(high) };
}

/** Persons who must be expected, so that the ratio says something. */
const LEAST_EXPECTED = 5;

/** Groups by sex alone, or by gender where no sex is held, or everybody where none are shown. */
function sexesOf(release: Release, { node, band }: Omit<TablePlace, 'item' | 'group'>): string[] {
  const sexes = release.groups(node, band).filter((group) => /^(sex|gender)=[a-z-]+$/.test(group));
  return sexes.length === 0 ? [EVERYBODY] : sexes;
}

interface Stratum {
  observed: number;
  expected: number;
  /** The most that rounding can have changed the number observed. */
  rounding: number;
}

function stratumOf(
  release: Release,
  at: Omit<TablePlace, 'item'>,
  outcomes: readonly PoorOutcome[],
): Stratum | undefined {
  const counts = release.table(at.node, at.band, SEVERAL_OUTCOMES, at.group);
  const observed = counts?.counts['three-or-more'] ?? null;
  const shares = outcomes.flatMap((outcome) => poorShare(release, at, outcome) ?? []);
  const persons = counts && personsOf(counts);
  if (!counts || persons === undefined || observed === null || shares.length < outcomes.length) return undefined;
  const several = poissonBinomial(shares).slice(SEVERAL);
  return {
    observed,
    expected: persons * several.reduce((sum, probability) => sum + probability, 0),
    rounding: BASE_5.most * counts.roundings,
  };
}

/**
 * Those who answered every question; undefined where that is hidden. A hidden number of those who left one blank may be
 * of any size, so it is never taken for none.
 */
function personsOf({ base, counts }: CubeTable): number | undefined {
  if (base === null) return undefined;
  const whole = OUTCOME_COUNTS.map((code) => counts[code] ?? null);
  if (!whole.includes(null)) return whole.reduce<number>((sum, count) => sum + count!, 0);
  const left = counts[NOT_ALL_ANSWERED] ?? null;
  return left === null ? undefined : base - left;
}

/** The share of a poor outcome among those who gave an answer; undefined where a count is hidden. */
function poorShare(
  release: Release,
  { node, band, group }: Omit<TablePlace, 'item'>,
  { question, anyOf }: PoorOutcome,
): number | undefined {
  const item = release.item(question);
  const table = item && release.table(node, band, item.id, group);
  if (!item || !table) return undefined;
  const poor = shownSum(table, item, (code) => !anyOf.includes(code));
  const good = shownSum(table, item, (code) => anyOf.includes(code));
  return poor === undefined || good === undefined || poor + good === 0 ? undefined : poor / (poor + good);
}

function shownSum(table: CubeTable, { options }: CubeItem, isWanted: (code: string) => boolean): number | undefined {
  const counts = options.filter(isWanted).map((code) => table.counts[code] ?? null);
  return counts.includes(null) ? undefined : counts.reduce<number>((sum, count) => sum + count!, 0);
}
