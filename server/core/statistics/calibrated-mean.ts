/*
 * The error of a mean under weights that were fitted to the roll. What the roll settles is no longer left to
 * chance, so only the residuals within cells, or around margins, count.
 *
 * Source: J.-C. Deville and C.-E. Särndal (1992), Journal of the American Statistical Association 87, 376–382;
 * the R package survey, svyrecvar, for post-stratification and raking.
 */
import { requireFinite, requireLength } from './requirements.ts';
import { rowsByLabel, sum } from './summaries.ts';
import { readDesign, requireDegrees, varianceOfSum, type Label, type SurveyDesign } from './survey-design.ts';
import { weightedAverage, type MeanWithError } from './survey-mean.ts';

/**
 * A mean under post-stratified weights.
 *
 * @param values one number a row.
 * @param design the post-stratified weights, strata and primary units.
 * @param cells the cell of each row.
 * @param baseWeights weights before post-stratification.
 * @returns mean and standard error in the units of the values.
 * @throws RangeError when lists differ in length, a design is refused (readDesign), or there are no more primary
 *   units than strata
 * @see survey::postStratify, then svymean.
 */
export function postStratifiedMean(
  values: readonly number[],
  design: SurveyDesign,
  cells: readonly Label[],
  baseWeights: readonly number[],
): MeanWithError {
  requireLength('Post-stratified mean', cells, values.length);
  requireLength('Post-stratified mean', baseWeights, values.length);
  return meanOfResiduals(values, design, withoutMeans(values, cells, baseWeights));
}

/**
 * Times that the means of all margins are taken out, as many as survey does it. Even where margins overlap by
 * half, more sweeps move the error by less than one part in a hundred thousand.
 */
const SWEEPS = 10;

/**
 * A mean under raked weights: residuals are what no sum of one number a kind of each margin explains, found by
 * taking out the means of each margin in turn.
 *
 * @param values one number a row.
 * @param design the raked weights, strata and primary units.
 * @param margins the kind of each row, for every margin; without any, residuals are around the mean.
 * @param baseWeights weights of rows in the means that are taken out; alike, as in survey, if there are none.
 * @returns mean and standard error in the units of the values.
 * @throws RangeError when lists differ in length, a design is refused (readDesign), or there are no more primary
 *   units than strata
 * @see survey::rake, then svymean.
 */
export function rakedMean(
  values: readonly number[],
  design: SurveyDesign,
  margins: readonly (readonly Label[])[],
  baseWeights: readonly number[] = values.map(() => 1),
): MeanWithError {
  for (const margin of margins) requireLength('Raked mean', margin, values.length);
  requireLength('Raked mean', baseWeights, values.length);
  const mean = weightedAverage(values, design.weights);
  let residuals = values.map((value) => value - mean);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const margin of margins) residuals = withoutMeans(residuals, margin, baseWeights);
  }
  return meanOfResiduals(values, design, residuals);
}

function meanOfResiduals(values: readonly number[], design: SurveyDesign, residuals: readonly number[]): MeanWithError {
  requireLength('Calibrated mean', values, design.weights.length);
  requireFinite('Calibrated mean', values);
  const read = readDesign(design);
  requireDegrees('Calibrated mean', read);
  const total = sum(design.weights);
  const scores = residuals.map((residual, row) => ((design.weights[row] ?? 0) * residual) / total);
  return { mean: weightedAverage(values, design.weights), error: Math.sqrt(varianceOfSum(read, scores)) };
}

function withoutMeans(values: readonly number[], labels: readonly Label[], weights: readonly number[]): number[] {
  const rest = [...values];
  for (const rows of rowsByLabel(labels).values()) {
    const total = sum(rows.map((row) => weights[row] ?? 0));
    if (total === 0) continue;
    const mean = sum(rows.map((row) => (values[row] ?? 0) * (weights[row] ?? 0))) / total;
    for (const row of rows) rest[row] = (values[row] ?? 0) - mean;
  }
  return rest;
}
