import { COUNTED, type Counted } from './reading.ts';
import type { Readings } from './readings.ts';
import { numberIn, tableOf, tableRows } from './tables.ts';

/*
 * How much of what a release shows was read. A released cell is what the page about hidden figures counts as a figure:
 * one answer to one question or indicator, one number of poor outcomes or the mean of one scale, in one place, for one
 * band and group, in every place and group of the lattice; and what a place leaves of the authority, which pages show beside it. Ways to give no answer are read and attacked,
 * and not counted. That somebody wrote something has no page and no file, and is no cell.
 */

/** Released cells of a place and band. */
export interface ReleasedCells {
  counted: Counted;
  place: string;
  band: string;
  shown: number;
}

/** How many figures are shown, as the page about what is hidden says. @throws if its rows are other places */
export function readHiddenPage(html: string, { places, bands }: Readings): ReleasedCells[] {
  return (Object.keys(COUNTED) as Counted[]).flatMap((counted) => {
    const rows = tableRows(tableOf(html, `figures-of-${counted}`));
    const kinds: readonly string[] = COUNTED[counted];
    const own = places.filter(({ kind }) => kinds.includes(kind));
    if (rows.length !== 0 && rows.length !== own.length)
      throw new Error(`A table of figures of ${counted} has ${rows.length} rows: expected ${own.length}, one a place.`);
    return rows.flatMap(({ cells }, row) =>
      cells.flatMap((cell, column) => {
        const shown = numberIn(cell);
        const band = bands[column];
        return shown === null || band === undefined ? [] : [{ counted, place: own[row]!.place, band, shown }];
      }),
    );
  });
}

/** What is read twice counts once, and what is read besides makes up for nothing that is missing. */
export function coverageOf(cells: readonly (ReleasedCells & { readings: Readings })[]): number {
  const all = cells.reduce((sum, { shown }) => sum + shown, 0);
  const read = cells.reduce((sum, { readings, counted, place, band, shown }) => {
    return sum + Math.min(shown, readings.shownAt(place, band, counted));
  }, 0);
  return all === 0 ? 0 : read / all;
}
