/*
 * How a share runs from the most to the least deprived: the slope over all fifths, the slope relative to the
 * level, and the plain gap between the ends.
 *
 * Everything runs the same way, least deprived less (or over) most deprived: above 0 (or 1) is more among the
 * least deprived.
 */
import { normalHalfWidth } from './distributions.ts';
import { DEFAULT_LEVEL, requireCount, requireLevel, requireThat } from './requirements.ts';
import { sum } from './summaries.ts';

/** One fifth (or other part) of the roll by deprivation. */
export interface DeprivationGroup {
  /** Respondents with the answer, from 0 to base. */
  count: number;
  /** Respondents asked, 1 or more. */
  base: number;
}

export interface Inequality {
  /** Slope index: fitted share at the least deprived end less that at the most deprived; −1 to 1 as a rule. */
  slopeIndex: number;
  /** Its standard error, from the chance in each group's share. */
  error: number;
  low: number;
  high: number;
  /** Relative index as ScotPHO gives it: slope index over the share of all; null where that is 0. */
  relativeToMean: number | null;
  /**
   * Relative index as Public Health England gave it: fitted share at the least deprived end over that at the most
   * deprived; null where the latter is not above 0.
   */
  relativeToEnd: number | null;
  /** Share of the least deprived group less that of the most deprived. */
  gap: number;
  /** The same as a ratio; null where nobody in the most deprived group has the answer. */
  ratio: number | null;
}

/**
 * The slope index of inequality: a straight line through the groups' shares over their ridits (the middle of
 * each group's place in everybody, ordered by deprivation), groups weighing by their size.
 *
 * The slope is a weighted sum of the shares, Σ cᵢpᵢ, so its error is in closed form: √(Σ cᵢ² pᵢ(1 − pᵢ) / nᵢ).
 * This is what Public Health England's simulation tends to. It is not the error of the regression's residuals, which on
 * five points has three degrees of freedom and tells about straightness more than about chance.
 *
 * @param groups most deprived first; two or more.
 * @param level confidence of the interval, by the normal distribution.
 * @throws RangeError for fewer than two groups, a base or count outside its range, or a level outside its
 * @see Low and Low 2004, Journal of Public Health 26, 388–395; Regidor 2004, Journal of Epidemiology and Community
 *   Health 58, 895–903; PHEindicatormethods::phe_sii; ScotPHO, Measuring socio-economic inequalities in health.
 */
export function slopeIndexOfInequality(groups: readonly DeprivationGroup[], level: number = DEFAULT_LEVEL): Inequality {
  const [most] = groups;
  const least = groups.at(-1);
  requireThat(
    most !== undefined && least !== undefined && groups.length > 1,
    `Slope index: expected two groups or more, found ${groups.length}. Give all fifths, most deprived first.`,
  );
  for (const { count, base } of groups) requireCount('Slope index', count, base);
  requireLevel('Slope index', level);
  const coefficients = slopeCoefficients(groups.map(({ base }) => base));
  const shares = groups.map(shareOf);
  const slope = sum(shares.map((share, group) => share * (coefficients[group] ?? 0)));
  const variances = groups.map(({ base }, group) => ((shares[group] ?? 0) * (1 - (shares[group] ?? 0))) / base);
  const error = Math.sqrt(sum(variances.map((variance, group) => variance * (coefficients[group] ?? 0) ** 2)));
  const reach = normalHalfWidth(level) * error;
  const overall = sum(groups.map(({ count }) => count)) / sum(groups.map(({ base }) => base));
  // Ridits have a mean of one half, where the line passes through the share of all.
  const atMost = overall - slope / 2;
  return {
    slopeIndex: slope,
    error,
    low: slope - reach,
    high: slope + reach,
    relativeToMean: overall > 0 ? slope / overall : null,
    relativeToEnd: atMost > 0 ? (atMost + slope) / atMost : null,
    gap: shareOf(least) - shareOf(most),
    ratio: most.count > 0 ? shareOf(least) / shareOf(most) : null,
  };
}

function shareOf({ count, base }: DeprivationGroup): number {
  return count / base;
}

/** What each group's share adds to the slope of the weighted line. */
function slopeCoefficients(bases: readonly number[]): number[] {
  const total = sum(bases);
  let below = 0;
  const ridits = bases.map((base) => {
    const ridit = (below + base / 2) / total;
    below += base;
    return ridit;
  });
  const terms = bases.map((base, group) => (base / total) * ((ridits[group] ?? 0) - 0.5));
  const spread = sum(terms.map((term, group) => term * ((ridits[group] ?? 0) - 0.5)));
  return terms.map((term) => term / spread);
}
