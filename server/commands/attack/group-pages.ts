import type { PageFigure, Readings } from './readings.ts';
import { numberIn, percentIn, tableRows } from './tables.ts';

/**
 * Figures of one answer for every group of a place and band. Pages name groups in words and the file of groups by codes,
 * both in the order of the lattice: a table for each dimension or two crossed, a row for each group.
 * @throws if the page has other tables or rows than the file has groups
 */
export function groupFigures(path: string, html: string, readings: Readings, item: string): PageFigure[] {
  const query = new URLSearchParams(path.split('?')[1]);
  const [band, answer, place] = [query.get('band'), query.get('option'), query.get('place') ?? 'authority'];
  if (band === null || answer === null) return [];
  const groups = readings.groups(place, band, item);
  const byTable = [...Map.groupBy(groups, dimensionsOf).values()];
  const tables = Array.from(html.matchAll(/<table\b[^>]*>[\s\S]*?<\/table>/g), ([table]) => tableRows(table));
  const [found, expected] = [tables, byTable].map((parts) => parts.map(({ length }) => length).join(', '));
  if (found !== expected) {
    throw new Error(
      `A page of groups has tables of ${found || 'no'} rows: expected ${expected || 'none'}, as the file has.`,
    );
  }
  return byTable.flatMap((own, table) =>
    own.map((group, row): PageFigure => {
      const [words = '', , base = ''] = tables[table]![row]!.cells;
      const share = percentIn(words);
      return {
        at: { place, band, group, item, answer },
        shown: share === undefined ? null : { share, base: numberIn(base) },
      };
    }),
  );
}

/** `sex=female&quintile=1` is of sex and quintile. */
function dimensionsOf(group: string): string {
  return group
    .split('&')
    .map((part) => part.split('=')[0])
    .join();
}
