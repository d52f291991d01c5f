/*
 * What a released cell says in print: whole per cent, its interval, how many were asked and how carefully
 * it is to be read. Read from a release alone; nothing finer than what is printed leaves this file, so
 * that no chart, file or address can carry more than the words do.
 */
import { allows } from '../disclosure/claims.ts';
import type { CubeRate, CubeTable, Release } from '../disclosure/release.ts';
import { FLAGGED_RATE, type Caution } from '../disclosure/rules.ts';
import type { ProtectedCount } from '../disclosure/protection.ts';
import type { AskedState } from '../survey/answer.ts';
import {
  BASE_5_NOISE_VARIANCE,
  designEffect,
  RHO,
  RHO_SCHOOL_CLIMATE,
  shareWithInterval,
  type ShareInput,
} from './share.ts';

/** A share as it is printed. */
export interface Figure {
  /** Whole per cent, 0 to 100. */
  share: number;
  /** Ends of the 95% interval, whole per cent; null where a release allows none. */
  low: number | null;
  high: number | null;
  /** Protected number of pupils asked. */
  base: number;
  /** Results of a single school: for signed-in planners only. */
  oneSchool: boolean;
  caution: Caution;
  /** Whether fewer than six in ten of the roll answered. */
  lowRate: boolean;
}

/** A share with its interval, as pages of a roll print it. */
export type RangedFigure = Figure & { low: number; high: number };

/** @throws if the release of a figure allows no interval, so that its page must not print one */
export function withRange(figure: Figure): RangedFigure {
  const { low, high } = figure;
  if (low === null || high === null) {
    throw new Error(
      'A figure of an open release has no interval: expected one of a roll. Ask allows() before the page.',
    );
  }
  return { ...figure, low, high };
}

/** A response rate as it is printed. */
export interface RateFigure {
  /** Whole per cent, at most 100. */
  share: number;
  /** Protected number of responses, at most the roll. */
  answered: number;
  roll: number;
  schools: number;
  low: boolean;
}

/** One table of a release: an item at a place for a band and a group; everybody unless a group is named. */
export interface TablePlace {
  node: string;
  band: string;
  item: string;
  group?: string | undefined;
}

/** The share of one option; undefined where it is hidden or there is none, which nobody can tell apart. */
export function optionFigure(release: Release, place: TablePlace, option: string): Figure | undefined {
  const table = release.table(place.node, place.band, place.item, place.group);
  return table && figureOf(release, table, table.counts[option]);
}

/** The share of those asked who gave no answer in one of the three ways; undefined as above. */
export function stateFigure(release: Release, place: TablePlace, state: AskedState): Figure | undefined {
  const table = release.table(place.node, place.band, place.item, place.group);
  return table && figureOf(release, table, table.states[state]);
}

/**
 * The share of those asked of a count that stands outside the release, such as that of a theme; undefined where it is
 * null, or the table is hidden or not there.
 * @param count protected, of some of those who were asked
 */
export function countFigure(release: Release, place: TablePlace, count: ProtectedCount | null): Figure | undefined {
  const table = release.table(place.node, place.band, place.item);
  return table && figureOf(release, table, count);
}

/** The response rate of a place and band; undefined where it is hidden or there is none. */
export function rateFigure(release: Release, node: string, band: string): RateFigure | undefined {
  const rate = release.rate(node, band);
  if (!rate || rate.responses === null || rate.roll === 0) return undefined;
  return {
    // Rounding a count to five can lift it above the roll; nobody is told that 55 of 53 answered.
    share: Math.min(100, wholePercent(rate.responses, rate.roll)),
    answered: Math.min(rate.responses, rate.roll),
    roll: rate.roll,
    schools: rate.schools,
    low: rate.responses / rate.roll < FLAGGED_RATE,
  };
}

/**
 * How many answered anything at a place in a band, protected; of a group, how many of it were asked an item that all
 * of them came to. Undefined where it is hidden or there is none.
 * @param everybody the item, and the group of those who were asked it
 */
export function answeredFigure(
  release: Release,
  { node, band }: Omit<TablePlace, 'item'>,
  everybody?: { item: string; group: string },
): number | undefined {
  const count = everybody
    ? release.table(node, band, everybody.item, everybody.group)?.base
    : release.rate(node, band)?.responses;
  return count ?? undefined;
}

/**
 * What a shown share is worked out from, for tests and gaps; undefined where it is hidden, or a release allows nothing
 * of the kind. Nothing of it is printed but what comes out of it, in whole per cent.
 */
export function shareInputOf(release: Release, place: TablePlace, option: string): ShareInput | undefined {
  if (!allows(release, 'comparison')) return undefined;
  const table = release.table(place.node, place.band, place.item, place.group);
  return table && inputOf(release, table, table.counts[option]);
}

function inputOf(
  release: Release,
  table: CubeTable,
  count: ProtectedCount | null | undefined,
): (ShareInput & { base: ProtectedCount }) | undefined {
  const { base, node, band, roundings } = table;
  const rate = release.rate(node, band);
  if (base === null || count === null || count === undefined || !rate) return undefined;
  const rho = release.item(table.item)?.schoolClimate ? RHO_SCHOOL_CLIMATE : RHO;
  return {
    count,
    base,
    designEffect: effectAmong(rate, base, rho),
    // A difference of published figures holds the noise of each of them.
    noiseVariance: BASE_5_NOISE_VARIANCE * roundings,
  };
}

/** A figure of a table in hand; undefined where the count is hidden. */
export function figureOf(
  release: Release,
  table: CubeTable,
  count: ProtectedCount | null | undefined,
): Figure | undefined {
  const { base, oneSchool, caution } = table;
  if (base === null || count === null || count === undefined) return undefined;
  const shared = { share: wholePercent(count, base), base, oneSchool, caution };
  if (!allows(release, 'range')) return { ...shared, low: null, high: null, lowRate: false };
  const input = inputOf(release, table, count);
  const rate = release.rate(table.node, table.band);
  if (!input || !rate) return undefined;
  const { low, high } = shareWithInterval(input);
  return {
    ...shared,
    low: Math.round(low * 100),
    high: Math.round(high * 100),
    lowRate: rate.responses !== null && rate.responses / rate.roll < FLAGGED_RATE,
  };
}

/** Design effects of whole places, which thousands of figures share. */
const wholeEffects = new WeakMap<CubeRate, Map<number, number>>();

/**
 * The design effect among those asked: schools' sizes are those of the roll, smaller by as much as fewer than all who
 * answered were asked or counted, since a group's children share a school with fewer of each other.
 */
function effectAmong(rate: CubeRate, base: number, rho: number): number {
  const known = wholeEffects.get(rate) ?? new Map<number, number>();
  wholeEffects.set(rate, known);
  const whole = known.get(rho) ?? designEffect(rate.schoolSizes, rho);
  known.set(rho, whole);
  const { responses } = rate;
  const share = responses === null || responses === 0 ? 1 : Math.min(1, base / responses);
  const typicalSize = ((whole - 1) / rho + 1) * share;
  return 1 + Math.max(0, typicalSize - 1) * rho;
}

/** A share or a difference of two in whole percentage points, as it is printed; never a nought with a minus before it. */
export function wholePoints(share: number): number {
  return Math.round(share * 100) || 0;
}

/** Multiplied before it is divided: 23 of 40 is 57.5 exactly and becomes 58. */
function wholePercent(count: number, base: number): number {
  return Math.round((count * 100) / base);
}
