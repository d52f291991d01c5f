/*
 * How a sample was drawn (weights, strata, primary units, how many units there were to draw from) and the
 * variance of an estimate that is linear, or made linear, in the rows.
 *
 * Source: T. Lumley (2004), Analysis of complex survey samples, Journal of Statistical Software 9(1), and the R
 * package survey: one stage, ultimate clusters; D. A. Binder (1983), International Statistical Review 51, 279–292
 * (linearised variance).
 */
import { requireLength, requireThat } from './requirements.ts';
import { rowsByLabel, sum } from './summaries.ts';

/** What a row belongs to, as it came. */
export type Label = string | number;

/** A sample, one entry a row in every list. */
export interface SurveyDesign {
  /** Pupils that a row stands for: 0 or more, in any unit. */
  weights: readonly number[];
  /** Stratum of each row; one stratum if there is none. */
  strata?: readonly Label[] | undefined;
  /** Primary unit (school) of each row, within its stratum; every row is one if there is none. */
  primaryUnits?: readonly Label[] | undefined;
  /** Primary units that the stratum of the row had to draw from; as good as endless if there is none. */
  populationUnits?: readonly number[] | undefined;
}

interface Stratum {
  /** Rows of each primary unit that was drawn. */
  units: number[][];
  /** Primary units that there were to draw from. */
  population: number;
}

/** A design that has been read once, for any number of estimates. */
export interface ReadDesign {
  weights: readonly number[];
  strata: readonly Stratum[];
  /** Primary units less strata, among rows with a weight. */
  degrees: number;
  /** Strata of which one unit was drawn although there were others. */
  lonelyStrata: number;
}

/**
 * Reads a design.
 * @throws RangeError when lists differ in length, a weight is below 0 or none is above it, or the number of
 *   units in a stratum is not one number, or less than were drawn
 */
export function readDesign(design: SurveyDesign): ReadDesign {
  const { weights, strata, primaryUnits, populationUnits } = design;
  for (const list of [strata, primaryUnits, populationUnits]) {
    if (list) requireLength('Survey design', list, weights.length);
  }
  requireWeights(weights);
  const stratumOf = strata ?? weights.map(() => 0);
  const unitOf = primaryUnits ?? weights.map((_weight, row) => row);
  const read = [...rowsByLabel(stratumOf)].map(([label, rows]) => {
    const units = [...rowsByLabel(rows.map((row) => unitOf[row])).values()];
    const unitRows = units.map((places) => places.map((place) => rows[place] ?? 0));
    return { units: unitRows, population: populationOf(label, rows, units.length, populationUnits) };
  });
  const counts = (unit: readonly number[]) => unit.some((row) => weights[row] !== 0);
  const counted = read.map(({ units }) => units.filter(counts).length).filter((units) => units > 0);
  return {
    weights,
    strata: read,
    degrees: sum(counted) - counted.length,
    lonelyStrata: read.filter(({ units, population }) => units.length === 1 && population > 1).length,
  };
}

function requireWeights(weights: readonly number[]): void {
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  requireThat(
    wrong === undefined,
    `Survey design: expected weights of 0 or more, found ${wrong}. Leave out whoever has no weight.`,
  );
  requireThat(
    sum(weights) > 0,
    `Survey design: expected a weight above 0, found none in ${weights.length} rows. Hide what nobody answered.`,
  );
}

function populationOf(
  label: Label,
  rows: readonly number[],
  drawn: number,
  populationUnits: SurveyDesign['populationUnits'],
): number {
  if (!populationUnits) return Infinity;
  const [population = NaN, ...others] = new Set(rows.map((row) => populationUnits[row] ?? NaN));
  requireThat(
    others.length === 0,
    `Survey design: expected one number of primary units in stratum "${label}", found ${[population, ...others].join(', ')}.`,
  );
  requireThat(
    population >= drawn,
    `Survey design: expected at least the ${drawn} primary units drawn in stratum "${label}", found ${population}. ` +
      'Give the number of units in the population, not the share that was drawn.',
  );
  return population;
}

/** @throws RangeError when there are no more primary units than strata, so that no error can be told */
export function requireDegrees(what: string, { degrees, strata }: ReadDesign): void {
  requireThat(
    degrees > 0,
    `${what}: expected more primary units with a weight than strata, found ${degrees + strata.length} in ` +
      `${strata.length}. Join strata, or show the mean without an interval.`,
  );
}

/**
 * The variance of a sum of scores over rows, as if primary units had been drawn with replacement and then
 * corrected for how few were left.
 *
 * A stratum of which only one unit was drawn has no variance of its own: its total is held against the mean
 * of all units (survey's lonely.psu = "adjust"), which errs towards a wider interval. A stratum that was
 * drawn whole adds nothing.
 *
 * @param design as readDesign gives it.
 * @param scores of each row, such that their sum is the estimate's error; in units of the estimate.
 * @returns squared units of the estimate, 0 or more.
 */
export function varianceOfSum(design: ReadDesign, scores: readonly number[]): number {
  const units = sum(design.strata.map((stratum) => stratum.units.length));
  const centreOfAll = sum(scores) / units;
  return sum(design.strata.map((stratum) => varianceWithin(stratum, scores, centreOfAll)));
}

function varianceWithin({ units, population }: Stratum, scores: readonly number[], centreOfAll: number): number {
  const drawn = units.length;
  if (drawn === population) return 0;
  const totals = units.map((rows) => sum(rows.map((row) => scores[row] ?? 0)));
  const centre = drawn > 1 ? sum(totals) / drawn : centreOfAll;
  const correction = population === Infinity ? 1 : 1 - drawn / population;
  const squares = sum(totals.map((total) => (total - centre) ** 2));
  return correction * squares * (drawn > 1 ? drawn / (drawn - 1) : 1);
}
