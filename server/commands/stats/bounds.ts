import type { Highs, Model } from 'highs';
import type { Fact } from '../../core/disclosure/attack/problem.ts';
import { loadSolver, openModel } from '../../core/disclosure/attack/programme.ts';

/*
 * What can be worked out about sums of unknown counts from bounds on other sums: for each target, the least and
 * the most that agree with all rows, as real numbers. A linear programme, by HiGHS.
 */

/** A known sum of cells; no bound where there is none. */
export interface BoundsRow {
  /** Positions from 0, each once. */
  cells: readonly number[];
  low?: number | null;
  high?: number | null;
}

export interface BoundsQuestion {
  /** Number of unknown cells; each is 0 or more. */
  cells: number;
  rows: readonly BoundsRow[];
  /** Sums that are asked for. */
  targets: readonly (readonly number[])[];
}

/** The least and the most a target can be; null above where nothing holds it. */
export interface Bounds {
  low: number;
  high: number | null;
}

/**
 * The bounds of every target.
 * @throws RangeError when a position is none of the cells, or rows contradict each other
 * @throws Error when HiGHS finds no answer
 */
export async function boundsOf(question: BoundsQuestion): Promise<Bounds[]> {
  for (const row of question.rows) requireRow(row, question.cells);
  for (const target of question.targets) requirePositions(target, question.cells);
  const highs = await loadSolver();
  const model = openModel(highs, {
    most: new Float64Array(question.cells).fill(highs.infinity),
    facts: factsOf(question),
  });
  try {
    requireConsistent(highs, model);
    return question.targets.map((target) => ({
      low: Math.max(0, optimum(highs, model, target, 1) ?? 0),
      high: optimum(highs, model, target, -1),
    }));
  } finally {
    model.dispose();
  }
}

function requireRow({ cells, low, high }: BoundsRow, known: number): void {
  requirePositions(cells, known);
  if (typeof low === 'number' && typeof high === 'number' && low > high) {
    throw new RangeError(`Bounds: expected low to be at most high, found ${low} and ${high}.`);
  }
}

function requirePositions(positions: readonly number[], cells: number): void {
  const outside = positions.find((position) => !(position < cells));
  if (outside !== undefined) {
    throw new RangeError(`Bounds: expected positions from 0 to ${cells - 1}, found ${outside}.`);
  }
  if (new Set(positions).size < positions.length) {
    throw new RangeError(`Bounds: expected each position once in a sum, found one twice in ${positions.join(', ')}.`);
  }
}

function factsOf({ rows }: BoundsQuestion): Fact[] {
  return rows.map(({ cells, low, high }) => ({
    unknowns: Int32Array.from(cells),
    low: low ?? -Infinity,
    high: high ?? Infinity,
  }));
}

function requireConsistent(highs: Highs, model: Model): void {
  if (statusAfterRun(model) === highs.constants.modelStatus.infeasible) {
    throw new RangeError('Bounds: expected rows that some cells of 0 or more agree with, found rows that contradict.');
  }
}

function statusAfterRun(model: Model): number {
  model.run();
  return model.getModelStatus();
}

/** The least (sense 1) or the most (sense −1) a sum can be; null where it has no end. */
function optimum(highs: Highs, model: Model, target: readonly number[], sense: 1 | -1): number | null {
  if (target.length === 0) return 0;
  const { modelStatus } = highs.constants;
  // The model makes sums as large as possible: the least of a sum is the most of its opposite.
  for (const cell of target) model.changeColCost(cell, -sense);
  let status = statusAfterRun(model);
  if (status !== modelStatus.optimal && status !== modelStatus.unbounded) {
    // A basis that has gone numerically bad is given up; from nothing the answer is found or there is none.
    model.clearSolver();
    status = statusAfterRun(model);
  }
  const value = model.getObjectiveValue() * -sense;
  for (const cell of target) model.changeColCost(cell, 0);
  // Rows were found not to contradict, so that "unbounded or infeasible" is unbounded.
  if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) return null;
  if (status === modelStatus.optimal) return value;
  throw new Error(`Bounds: expected an optimum from HiGHS, found status ${status} for the cells ${target.join(', ')}.`);
}
