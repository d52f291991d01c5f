/*
 * All clusters beside each other without a ranking: which of them lie further from the share of all than chance
 * would put them, given how many answered.
 */
import { normalHalfWidth } from './distributions.ts';
import { requireCount, requireThat } from './requirements.ts';
import type { ShareLimits } from './share.ts';
import { sampleQuantile, sum } from './summaries.ts';

/** A unit of a funnel; each school is in one unit only. */
export interface FunnelUnit {
  id: string;
  /** Respondents with the answer, from 0 to base. */
  count: number;
  /** Respondents asked, 1 or more. */
  base: number;
}

/** Where a unit lies: within all limits, or beyond those of 95% or 99.8%. */
export type FunnelFlag = 'low95' | 'high95' | 'low998' | 'high998' | null;

export interface FunnelLimits {
  /** Limits at 95%, proportions. */
  warning: ShareLimits;
  /** Limits at 99.8%, proportions. */
  alarm: ShareLimits;
}

export interface FunnelPlace extends FunnelLimits {
  id: string;
  share: number;
  /** Limits that allow for units differing by more than chance; null when they were not asked for. */
  adjusted: FunnelLimits | null;
  /** By the adjusted limits where there are any. */
  flag: FunnelFlag;
}

export interface Funnel {
  /** The share of all units together, a proportion. */
  target: number;
  /** Variance of the winsorised z scores about the target, 1 if only by chance; null when not asked for. */
  dispersion: number | null;
  /** Variance between units on the arcsine scale, 0 if only by chance; null when not asked for. */
  betweenVariance: number | null;
  units: FunnelPlace[];
}

const WARNING = 0.95;
const ALARM = 0.998;

/** With fewer units their dispersion cannot be told from that of a few odd ones. */
export const LEAST_UNITS_FOR_DISPERSION = 10;

/** Share of units at each end whose z scores are pulled in. */
const WINSORISED = 0.1;

/**
 * A funnel of shares about the share of all units.
 *
 * A unit lies beyond a limit exactly if its own Wilson interval leaves the target out: t ± z√(t(1 − t)/n). That
 * is Public Health England's funnel of proportions.
 *
 * @param units two or more, each with an id of its own.
 * @param allowDispersion whether to widen the limits where units differ by more than chance; needs ten units or
 *   more, otherwise there are no adjusted limits.
 * @throws RangeError for fewer than two units, or a base or count outside its range
 * @see Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202; PHEindicatormethods::calculate_funnel_limits.
 */
export function funnel(units: readonly FunnelUnit[], allowDispersion: boolean): Funnel {
  requireThat(units.length > 1, `Funnel: expected two units or more, found ${units.length}. Show the share alone.`);
  for (const { count, base } of units) requireCount('Funnel', count, base);
  const ids = new Set(units.map(({ id }) => id));
  requireThat(ids.size === units.length, `Funnel: expected each unit once, found ${units.length - ids.size} twice.`);
  const target = sum(units.map(({ count }) => count)) / sum(units.map(({ base }) => base));
  const asked = allowDispersion && units.length >= LEAST_UNITS_FOR_DISPERSION;
  const between = asked ? overdispersion(units, target) : null;
  return {
    target,
    dispersion: between?.dispersion ?? null,
    betweenVariance: between?.betweenVariance ?? null,
    units: units.map((unit) => placeOf(unit, target, between?.betweenVariance)),
  };
}

function placeOf({ id, count, base }: FunnelUnit, target: number, betweenVariance: number | undefined): FunnelPlace {
  const share = count / base;
  const limits = bothLimits((level) => scoreLimits(target, base, level));
  const adjusted =
    betweenVariance === undefined
      ? null
      : bothLimits((level) => arcsineLimits(target, 1 / (4 * base) + betweenVariance, level));
  return { id, share, ...limits, adjusted, flag: flagOf(share, adjusted ?? limits) };
}

function bothLimits(limitsAt: (level: number) => ShareLimits): FunnelLimits {
  return { warning: limitsAt(WARNING), alarm: limitsAt(ALARM) };
}

function scoreLimits(target: number, base: number, level: number): ShareLimits {
  const reach = normalHalfWidth(level) * Math.sqrt((target * (1 - target)) / base);
  return { low: Math.max(0, target - reach), high: Math.min(1, target + reach) };
}

/** Limits on the scale on which the variance of a share does not depend on it, back as shares. */
function arcsineLimits(target: number, variance: number, level: number): ShareLimits {
  const centre = arcsine(target);
  const reach = normalHalfWidth(level) * Math.sqrt(variance);
  return {
    low: Math.sin(Math.max(0, centre - reach)) ** 2,
    high: Math.sin(Math.min(Math.PI / 2, centre + reach)) ** 2,
  };
}

function arcsine(share: number): number {
  return Math.asin(Math.sqrt(share));
}

function flagOf(share: number, { warning, alarm }: FunnelLimits): FunnelFlag {
  if (share < alarm.low) return 'low998';
  if (share > alarm.high) return 'high998';
  if (share < warning.low) return 'low95';
  return share > warning.high ? 'high95' : null;
}

/**
 * How much units differ beyond chance: the additive random effects model on the arcsine scale, by moments, with
 * z scores of the outermost tenth at each end pulled in to the next.
 * @see Spiegelhalter 2005, equations 13 to 16; Spiegelhalter et al. 2012, Journal of the Royal Statistical
 *   Society A 175(1), 1–47.
 */
function overdispersion(units: readonly FunnelUnit[], target: number): { dispersion: number; betweenVariance: number } {
  const scores = units.map(({ count, base }) => (arcsine(count / base) - arcsine(target)) * 2 * Math.sqrt(base));
  const [low, high] = [sampleQuantile(scores, WINSORISED), sampleQuantile(scores, 1 - WINSORISED)];
  const squares = scores.map((score) => Math.min(Math.max(score, low), high) ** 2);
  const weights = units.map(({ base }) => 4 * base);
  const total = sum(weights);
  const excess = sum(squares) - (units.length - 1);
  const perUnit = total - sum(weights.map((weight) => weight ** 2)) / total;
  return { dispersion: sum(squares) / units.length, betweenVariance: Math.max(0, excess / perUnit) };
}
