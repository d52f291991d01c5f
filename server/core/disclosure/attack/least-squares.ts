/** The sum of some unknowns ought to be a value. */
export interface Equation {
  /** Positions of the unknowns, each once. */
  unknowns: Int32Array;
  value: number;
  /** How much it counts: one over its variance. */
  weight: number;
}

export interface LeastSquares {
  equations: readonly Equation[];
  /** What each unknown is taken for where no equation tells; also where the search starts. */
  towards: Float64Array;
  /** How much that counts; more than 0, so that there is one solution. */
  pull: number;
}

export interface Precision {
  /** Ends when no unknown moves by more than this in a sweep. */
  tolerance?: number;
  /** Ends after so many sweeps in any case. */
  sweeps?: number;
}

/**
 * The numbers y >= 0 that make `sum of weight * (sum of own y - value)^2 + pull * sum of (y - towards)^2` smallest:
 * non-negative least squares (Lawson and Hanson 1974) by projected coordinate descent (Franc, Hlaváč and Navara 2005),
 * which solves for one unknown at a time and needs no matrix: a release has more unknowns than one fits in memory.
 * @throws RangeError if pull is not above 0
 */
export function nonNegativeLeastSquares(
  { equations, towards, pull }: LeastSquares,
  { tolerance = 1e-6, sweeps = 10_000 }: Precision = {},
): Float64Array {
  if (!(pull > 0)) throw new RangeError(`Expected a pull above 0, found ${pull}: without it there is no one solution.`);
  const { starts, rows } = rowsOfUnknowns(equations, towards.length);
  const weights = Float64Array.from(equations, ({ weight }) => weight);
  const found = towards.map((value) => Math.max(0, value));
  const residuals = Float64Array.from(equations, ({ unknowns, value }) => {
    return unknowns.reduce((sum, unknown) => sum + found[unknown]!, -value);
  });
  const curvatures = towards.map((_, unknown) => {
    let sum = pull;
    for (let at = starts[unknown]!; at < starts[unknown + 1]!; at += 1) sum += weights[rows[at]!]!;
    return sum;
  });
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let furthest = 0;
    for (let unknown = 0; unknown < found.length; unknown += 1) {
      const before = found[unknown]!;
      let slope = pull * (before - towards[unknown]!);
      const [from, to] = [starts[unknown]!, starts[unknown + 1]!];
      for (let at = from; at < to; at += 1) slope += weights[rows[at]!]! * residuals[rows[at]!]!;
      const move = Math.max(0, before - slope / curvatures[unknown]!) - before;
      if (move === 0) continue;
      found[unknown] = before + move;
      for (let at = from; at < to; at += 1) residuals[rows[at]!]! += move;
      furthest = Math.max(furthest, Math.abs(move));
    }
    if (furthest <= tolerance) break;
  }
  return found;
}

/** For each unknown the equations that it stands in: `rows` from `starts[unknown]` up to the next start. */
function rowsOfUnknowns(equations: readonly Equation[], unknowns: number): { starts: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(unknowns + 1);
  for (const equation of equations) for (const unknown of equation.unknowns) starts[unknown + 1]! += 1;
  for (let unknown = 0; unknown < unknowns; unknown += 1) starts[unknown + 1]! += starts[unknown]!;
  const rows = new Int32Array(starts[unknowns]!);
  const next = starts.slice();
  equations.forEach((equation, row) => {
    for (const unknown of equation.unknowns) rows[next[unknown]!++] = row;
  });
  return { starts, rows };
}
