import type { Release } from '../disclosure/release.ts';
import { shareInputOf, wholePoints, type TablePlace } from './figure.ts';
import { slopeIndexOfInequality } from './inequality.ts';

/** The fifths of deprivation, most deprived first, as groups of a release. */
export const FIFTHS = ['1', '2', '3', '4', '5'].map((fifth) => `quintile=${fifth}`);

/** Pupils whom every fifth must hold. */
const LEAST_FIFTH = 20;

/** How a share runs from the most to the least deprived fifth, as it is printed: whole points. */
export interface DeprivationGap {
  /** Slope index of inequality: least deprived end less most deprived end. */
  slope: number;
  low: number;
  high: number;
  /** Slope over the share of all (ScotPHO), to one decimal; null where the share is 0. */
  relative: number | null;
  /** Least deprived fifth less most deprived fifth. */
  gap: number;
}

/**
 * The gap of an option at a place and band; undefined unless all five fifths are shown with 20 or more.
 * @see slopeIndexOfInequality
 */
export function deprivationGap(
  release: Release,
  place: Omit<TablePlace, 'group'>,
  option: string,
): DeprivationGap | undefined {
  const fifths = FIFTHS.flatMap((group) => shareInputOf(release, { ...place, group }, option) ?? []);
  if (fifths.length < FIFTHS.length || fifths.some(({ base }) => base < LEAST_FIFTH)) return undefined;
  const { slopeIndex, low, high, relativeToMean, gap } = slopeIndexOfInequality(fifths);
  return {
    slope: wholePoints(slopeIndex),
    low: wholePoints(low),
    high: wholePoints(high),
    relative: relativeToMean === null ? null : Math.round(relativeToMean * 10) / 10,
    gap: wholePoints(gap),
  };
}
