import type { BaseCell, Place } from '../../server/core/disclosure/units.ts';
import { BANDS, localityOf, type Child, type EightClusters } from './eight-clusters.ts';

/** The base cells of a made-up wave, and for each child its cell. */
export function cellsOf(children: readonly Child[]): { cells: BaseCell[]; cellOf: Int32Array } {
  const positions = new Map<string, number>();
  const cells: BaseCell[] = [];
  const cellOf = Int32Array.from(children, ({ school, band, gender, quintile }) => {
    const key = [school, band, gender, quintile].join();
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, cells.length);
    cells.push({ school, band, groups: { gender: String(gender), quintile: String(quintile) } });
    return cells.length - 1;
  });
  return { cells, cellOf };
}

/** The authority, its localities and clusters, and the rest of the authority for each. */
export function placesOf({ schools }: EightClusters): Place[] {
  const where = (wanted: (cluster: number) => boolean) =>
    schools.flatMap(({ cluster }, school) => (wanted(cluster) ? [school] : []));
  const authority = 'authority';
  const localities = [0, 1].map((locality): Place => ({
    id: `locality:${locality}`,
    kind: 'locality',
    schools: where((cluster) => localityOf(cluster) === locality),
    ...(locality === 1 && { remainder: { whole: authority, part: 'locality:0' } }),
  }));
  const clusters = [...new Set(schools.map(({ cluster }) => cluster))].map((cluster): Place => ({
    id: `cluster:${cluster}`,
    kind: 'cluster',
    schools: where((other) => other === cluster),
  }));
  const rests = [...localities, ...clusters].map(({ id, schools: own }): Place => ({
    id: `rest-of-${id}`,
    kind: 'rest',
    schools: schools.flatMap((_, school) => (own.includes(school) ? [] : [school])),
    remainder: { whole: authority, part: id },
  }));
  return [{ id: authority, kind: 'authority', schools: where(() => true) }, ...localities, ...clusters, ...rests];
}

/** The roll of a place and band. */
export function rollOf({ roll }: EightClusters, schools: readonly number[], band: number): number {
  return schools.reduce((sum, school) => sum + roll[school * BANDS + band]!, 0);
}
