/*
 * A weighted mean with what its sample allows to be said of it: error, design effect, limits.
 *
 * Source: as survey-design.ts; L. Kish (1965), Survey Sampling, 8.2 (design effect).
 */
import { studentHalfWidth } from './distributions.ts';
import { exactInterval } from './proportions.ts';
import { DEFAULT_LEVEL, requireFinite, requireLength, requireLevel } from './requirements.ts';
import type { ShareLimits } from './share.ts';
import { sum } from './summaries.ts';
import { readDesign, requireDegrees, varianceOfSum, type ReadDesign, type SurveyDesign } from './survey-design.ts';

/** A mean and its error, both in the units of the values. */
export interface MeanWithError {
  mean: number;
  /** Standard error, linearised. */
  error: number;
}

export interface SurveyMean extends MeanWithError {
  /** Variance over that of a simple random sample of as many rows; null where that is 0. */
  designEffect: number | null;
  /** Primary units less strata. */
  degrees: number;
  /** Limits by t on those degrees; those of a share may lie outside 0 to 1. */
  low: number;
  high: number;
  /** Limits by t on the logit, back as shares; null unless the values are a share strictly between 0 and 1. */
  logit: ShareLimits | null;
  /** Korn and Graubard's limits; null as those on the logit. */
  kornGraubard: ShareLimits | null;
  /** Strata of which one unit was drawn although there were others: the error then leans on the other strata. */
  lonelyStrata: number;
}

/** A weighted mean. @returns in the units of the values */
export function weightedAverage(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, row) => value * (weights[row] ?? 0))) / sum(weights);
}

/**
 * A weighted mean from a sample that was drawn by design.
 *
 * @param values one number a row; 0 and 1 for a share.
 * @param design weights, strata, primary units.
 * @param level confidence of all three intervals.
 * @throws RangeError when lists differ in length, a value is not finite, a design is refused (readDesign), or
 *   there are no more primary units than strata, so that no error can be told
 * @see R's survey 4.1: svymean(deff = TRUE), confint(df = degf), svyciprop(method = "logit") and ("beta").
 */
export function surveyMean(values: readonly number[], design: SurveyDesign, level: number = DEFAULT_LEVEL): SurveyMean {
  requireLength('Weighted mean', values, design.weights.length);
  requireFinite('Weighted mean', values);
  requireLevel('Weighted mean', level);
  const read = readDesign(design);
  requireDegrees('Weighted mean', read);
  const { mean, error } = linearisedMean(values, read);
  const half = studentHalfWidth(level, read.degrees) * error;
  const isShare = mean > 0 && mean < 1 && values.every((value) => value === 0 || value === 1);
  return {
    mean,
    error,
    designEffect: designEffectOf(values, read.weights, error ** 2),
    degrees: read.degrees,
    low: mean - half,
    high: mean + half,
    logit: isShare ? logitLimits(mean, half) : null,
    kornGraubard: isShare ? kornGraubardLimits(mean, error, values.length, read.degrees, level) : null,
    lonelyStrata: read.lonelyStrata,
  };
}

/** A mean with the error of its linearised form: each row's weighted distance from the mean. */
export function linearisedMean(values: readonly number[], design: ReadDesign): MeanWithError {
  const { weights } = design;
  const mean = weightedAverage(values, weights);
  const total = sum(weights);
  const scores = values.map((value, row) => ((weights[row] ?? 0) * (value - mean)) / total);
  return { mean, error: Math.sqrt(varianceOfSum(design, scores)) };
}

/** Weights that add up to no more than this many times the rows do not stand for a population. */
const STANDS_FOR_MORE = 1 + 1e-9;

/**
 * The variance over that of a simple random sample. Where weights add up to a population, that sample is
 * drawn from it without replacement; where they only add up to the rows, with replacement.
 */
function designEffectOf(values: readonly number[], weights: readonly number[], variance: number): number | null {
  const rows = weights.filter((weight) => weight !== 0).length;
  const population = sum(weights);
  const centre = weightedAverage(values, weights);
  const spread = weightedAverage(
    values.map((value) => (value - centre) ** 2),
    weights,
  );
  const notDrawn = population > rows * STANDS_FOR_MORE ? 1 - rows / population : 1;
  const simple = (spread / (rows - 1)) * notDrawn;
  return simple > 0 ? variance / simple : null;
}

function logitLimits(share: number, half: number): ShareLimits {
  const logit = Math.log(share / (1 - share));
  const reach = half / (share * (1 - share));
  return { low: 1 / (1 + Math.exp(reach - logit)), high: 1 / (1 + Math.exp(-reach - logit)) };
}

/**
 * Clopper and Pearson's limits on the effective size, which is made smaller by how much wider t is on few
 * primary units than on all rows.
 * @see Korn and Graubard 1998, Survey Methodology 24(2), 193–201; svyciprop(method = "beta").
 */
function kornGraubardLimits(share: number, error: number, rows: number, degrees: number, level: number): ShareLimits {
  if (error === 0) return { low: share, high: share };
  const narrowed = studentHalfWidth(level, rows - 1) / studentHalfWidth(level, degrees);
  return exactInterval(share, ((share * (1 - share)) / error ** 2) * narrowed ** 2, level);
}
