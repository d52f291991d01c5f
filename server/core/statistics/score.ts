import type { Release } from '../disclosure/release.ts';
import type { Caution } from '../disclosure/rules.ts';
import type { TablePlace } from './figure.ts';

/** The mean of a scale as it is printed. */
export interface MeanFigure {
  /** To one decimal, in points of the scale. */
  mean: number;
  /** Protected number of pupils with a score. */
  base: number;
  oneSchool: boolean;
  caution: Caution;
}

/**
 * The mean score of a scale: protected points over the protected number with a score; undefined where it is hidden or
 * there is none, which nobody can tell apart.
 */
export function meanFigure(release: Release, { node, band, item, group }: TablePlace): MeanFigure | undefined {
  const range = release.item(item)?.range;
  const table = release.table(node, band, item, group);
  if (!range || !table || table.base === null || table.points === null || table.points === undefined) return undefined;
  // Rounding can lift a sum above what so many can have.
  const mean = Math.min(range.highest, range.lowest + table.points / table.base);
  return { mean: Math.round(mean * 10) / 10, base: table.base, oneSchool: table.oneSchool, caution: table.caution };
}
