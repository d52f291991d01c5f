import { BASE_5 } from '../disclosure/protection.ts';
import type { Release } from '../disclosure/release.ts';
import type { Caution } from '../disclosure/rules.ts';
import type { TablePlace } from './figure.ts';

/** The mean of a scale as it is printed. */
export interface MeanFigure {
  /** To one decimal, in points of the scale. */
  mean: number;
  /** The least and most that the mean of the exact numbers can be, given how they are rounded; to one decimal, outwards. */
  low: number;
  high: number;
  /** Protected number of pupils with a score. */
  base: number;
  oneSchool: boolean;
  caution: Caution;
}

/** Pupils with a score from whom on a mean is shown: rounding moves a smaller base by so much that means are off by points. */
const LEAST_BASE_OF_MEAN = 50;

/**
 * The mean score of a scale: protected points over the protected number with a score; undefined where it is hidden, of
 * too few, or there is none, which nobody can tell apart.
 */
export function meanFigure(release: Release, { node, band, item, group }: TablePlace): MeanFigure | undefined {
  const range = release.item(item)?.range;
  const table = release.table(node, band, item, group);
  if (!range || !table || table.base === null || table.points === null || table.points === undefined) return undefined;
  const { base, points, oneSchool, caution } = table;
  if (base < LEAST_BASE_OF_MEAN) return undefined;
  const most = BASE_5.most * table.roundings;
  // Rounding can lift a sum above what so many can have, or leave less than nothing.
  const within = (score: number) => Math.min(range.highest, Math.max(range.lowest, score));
  const meanOf = (sum: number, persons: number) => within(range.lowest + sum / persons);
  return {
    mean: Math.round(meanOf(points, base) * 10) / 10,
    low: Math.floor(meanOf(points - most, base + most) * 10) / 10,
    high: base > most ? Math.ceil(meanOf(points + most, base - most) * 10) / 10 : range.highest,
    base,
    oneSchool,
    caution,
  };
}
