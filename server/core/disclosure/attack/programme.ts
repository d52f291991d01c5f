import highs, { type Basis, type Highs, type Model } from 'highs';
import { TOLERANCE, type AttackProblem, type Bounds } from './problem.ts';

/*
 * The linear programmes of an attack: one model for all of a problem's facts, held by the solver, of which only the
 * objective changes (HiGHS, Huangfu and Hall 2018). The primal simplex method goes on from the last solution.
 */
export interface Programme {
  /** The table of real numbers that agrees with every fact and makes the weighted sum as large as possible. */
  furthest(weights: Float64Array, from?: Corner): Furthest;
  /** The largest weighted sum of whole numbers; undefined where the solver gives up. */
  furthestWhole(weights: Float64Array): number | undefined;
  /** Changes what is known of a fact. */
  changeFact(index: number, bounds: Bounds): void;
  /** What has been asked of it as yet. */
  readonly work: Readonly<Work>;
  dispose(): void;
}

/** How many programmes an attack took. */
export interface Work {
  /** Of real numbers, and those of them that only another try solved. */
  programmes: number;
  retried: number;
  /** Of whole numbers, and those of them that were given up: what they asked counts as given away. */
  wholeProgrammes: number;
  givenUp: number;
}

/** A corner of the set of all tables. */
export type Corner = Basis;

export interface Furthest {
  /** By unknown. */
  table: Float64Array;
  isWhole: boolean;
  /** Where the solver stands, to start from again. */
  corner: () => Corner;
  /** Positions of the facts that keep the sum from being larger. */
  binding: number[];
}

// The package's types describe its ES module; what Node gives of its main file is the loader itself.
const loadHighs = highs as unknown as typeof highs.default;
let loading: Promise<Highs> | undefined;

/** The solver, loaded once in each thread. It prints nothing: commands answer on standard output. */
export function loadSolver(): Promise<Highs> {
  return (loading ??= loadHighs({ print: () => undefined, printErr: () => undefined }));
}

/** Thrown where a programme has no optimal solution even at the third try: a bug, since the true table is one. */
export class NonOptimalError extends Error {}

/** A search for whole numbers that takes longer is given up. */
const SECONDS_FOR_WHOLE = 5;

/** Smaller duals are rounding of the solver. */
const DUAL_TOLERANCE = 1e-7;

const OPTIONS = {
  output_flag: false,
  solver: 'simplex',
  // Primal simplex: the last solution stays feasible when only the objective changes.
  simplex_strategy: 4,
  presolve: 'off',
} as const;

export function openProgramme(solver: Highs, problem: Pick<AttackProblem, 'most' | 'facts'>): Programme {
  let model: Model | undefined;
  // Whole numbers have a model of their own: searching for them would lose where the other one stands.
  let wholeModel: Model | undefined;
  const bounds = problem.facts.map(({ low, high }): Bounds => ({ low, high }));
  const optimal = solver.constants.modelStatus.optimal;
  const all = { kind: 'range', from: 0, to: problem.most.length - 1 } as const;
  const known = () => problem.facts.map(({ unknowns }, row) => ({ unknowns, ...bounds[row]! }));
  const work: Work = { programmes: 0, retried: 0, wholeProgrammes: 0, givenUp: 0 };

  return {
    furthest(weights, from) {
      // Many problems need no programme at all, and the first one takes longest.
      model ??= openAtSomeTable(solver, { most: problem.most, facts: known() });
      model.changeColsCost(all, weights);
      if (from) model.setBasis(from);
      work.programmes += 1;
      if (model.run().modelStatus !== optimal) {
        work.retried += 1;
        retry(model, optimal);
      }
      const { colValue, rowDual } = model.getSolution();
      const binding: number[] = [];
      rowDual.forEach((dual, row) => Math.abs(dual) > DUAL_TOLERANCE && binding.push(row));
      const isWhole = colValue.every((value) => Math.abs(value - Math.round(value)) < TOLERANCE);
      const own = model;
      return { table: colValue, isWhole, binding, corner: () => own.getBasis() };
    },
    furthestWhole(weights) {
      if (!wholeModel) {
        wholeModel = openModel(solver, { most: problem.most, facts: known() });
        wholeModel.options.set({ simplex_strategy: 1, presolve: 'on', mip_rel_gap: 0, time_limit: SECONDS_FOR_WHOLE });
        const { integer } = solver.constants.variableType;
        wholeModel.changeColsIntegrality(all, new Int32Array(problem.most.length).fill(integer));
      }
      wholeModel.changeColsCost(all, weights);
      work.wholeProgrammes += 1;
      if (wholeModel.run().modelStatus === optimal) return wholeModel.getObjectiveValue();
      work.givenUp += 1;
      return undefined;
    },
    changeFact(index, { low, high }) {
      bounds[index] = { low, high };
      model?.changeRowBounds(index, low, high);
      wholeModel?.changeRowBounds(index, low, high);
    },
    work,
    dispose() {
      model?.dispose();
      wholeModel?.dispose();
    },
  };
}

/** A model of all tables of numbers from 0 that agree with the facts, for sums to be made as large as possible. */
export function openModel(solver: Highs, { most, facts }: Pick<AttackProblem, 'most' | 'facts'>): Model {
  const model = solver.createModel();
  model.options.set(OPTIONS);
  const columns = most.length;
  const starts = new Int32Array(facts.length + 1);
  facts.forEach((fact, row) => (starts[row + 1] = starts[row]! + fact.unknowns.length));
  const indices = new Int32Array(starts[facts.length]!);
  facts.forEach((fact, row) => indices.set(fact.unknowns, starts[row]));
  model.passModel({
    numCols: columns,
    numRows: facts.length,
    sense: solver.constants.objectiveSense.maximize,
    colCost: new Float64Array(columns),
    colLower: new Float64Array(columns),
    colUpper: most,
    rowLower: Float64Array.from(facts, (fact) => fact.low),
    rowUpper: Float64Array.from(facts, (fact) => fact.high),
    matrix: {
      format: 'csr',
      numRows: facts.length,
      numCols: columns,
      starts,
      indices,
      values: new Float64Array(indices.length).fill(1),
    },
  });
  return model;
}

/**
 * A model that stands at a table that agrees with all facts. The dual method gets there in half the time, since nothing
 * is to be made large yet.
 */
function openAtSomeTable(solver: Highs, problem: Pick<AttackProblem, 'most' | 'facts'>): Model {
  const model = openModel(solver, problem);
  model.options.set({ ...OPTIONS, simplex_strategy: 1, presolve: 'on' });
  model.run();
  model.options.set(OPTIONS);
  return model;
}

/** Tries again from nothing, then by the dual method with presolve. @throws NonOptimalError */
function retry(model: Model, optimal: number): void {
  for (const options of [OPTIONS, { ...OPTIONS, simplex_strategy: 1, presolve: 'on' }]) {
    model.clearSolver();
    model.options.set(options);
    const { modelStatus } = model.run();
    model.options.set(OPTIONS);
    if (modelStatus === optimal) return;
  }
  throw new NonOptimalError(
    'A linear programme of the attack has no optimal solution: expected one, since the true table agrees with every fact. Check that every fact holds for the true numbers.',
  );
}
