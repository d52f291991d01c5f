import type { CubeItem, Release } from '../disclosure/release.ts';
import { compareShares, differenceWord, type DifferenceWord } from './differences.ts';
import { shareInputOf, wholePoints, type TablePlace } from './figure.ts';
import { benjaminiHochberg } from './multiple-comparisons.ts';

/*
 * Two groups of a release compared item by item, in words. What is a function of a release stays fixed with it.
 */

/** Children of one place, band and group. */
export type Side = Omit<TablePlace, 'item'>;

/** One share of both sides, as it is printed. */
export interface ComparedShare {
  /** First share less second, whole points, and its 95% interval. */
  points: number;
  low: number;
  high: number;
  word: DifferenceWord;
}

/** Words by `item|option`, for whatever both sides show. */
export type Comparisons = ReadonlyMap<string, ComparedShare>;

export const comparisonKey = (item: string, option: string) => `${item}|${option}`;

/**
 * Every share that both sides show, with a word for the difference: p values are adjusted over all items of the two
 * sides together (Benjamini and Hochberg 1995), so that looking at many finds no more than it should.
 */
export function compareSides(release: Release, one: Side, other: Side): Comparisons {
  const ofRelease = known.get(release) ?? new Map<string, Comparisons>();
  known.set(release, ofRelease);
  const key = JSON.stringify([one, other]);
  const found = ofRelease.get(key) ?? compared(release, one, other);
  ofRelease.set(key, found);
  return found;
}

/** A release never changes, and each of its pages asks for one item of the same comparison. */
const known = new WeakMap<Release, Map<string, Comparisons>>();

function compared(release: Release, one: Side, other: Side): Comparisons {
  const tested = release.items.flatMap((item) => testsOf(release, item, one, other));
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p));
  return new Map(
    tested.map(({ key, difference, low, high, bases }, place) => [
      key,
      {
        points: wholePoints(difference),
        low: wholePoints(low),
        high: wholePoints(high),
        word: differenceWord(difference, adjusted[place]!, bases),
      },
    ]),
  );
}

function testsOf(release: Release, { id, options }: CubeItem, one: Side, other: Side) {
  return options.flatMap((option) => {
    const first = shareInputOf(release, { ...one, item: id }, option);
    const second = shareInputOf(release, { ...other, item: id }, option);
    if (!first || !second) return [];
    const { difference, low, high, p } = compareShares(first, second);
    const bases: [number, number] = [first.base, second.base];
    return [{ key: comparisonKey(id, option), difference, low, high, p, bases }];
  });
}
