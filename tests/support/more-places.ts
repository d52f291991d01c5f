import { Release, type Cube } from '../../server/core/disclosure/release.ts';
import { sha256 } from '../../server/storage/releases.ts';

/** The same release with places of other kinds, each with the figures of a place that it has. */
export function withPlaces({ text }: Release, like: string, kinds: readonly string[], code = 'north'): Release {
  const cube = JSON.parse(text) as Cube;
  const name = `${code[0]!.toUpperCase()}${code.slice(1)}`;
  for (const kind of kinds) {
    const id = `${kind}:${code}`;
    cube.nodes.push({ id, kind, code, name, schools: [] } as unknown as Cube['nodes'][number]);
    for (const { id: band } of cube.bands) addUnit(cube, band, like, id);
    cube.rates.push(...cube.rates.filter(({ node }) => node === like).map((rate) => ({ ...rate, node: id })));
  }
  const changed = JSON.stringify(cube);
  return Release.read(changed, sha256(changed), sha256);
}

function addUnit(cube: Cube, band: string, like: string, node: string): void {
  const units = cube.units.filter((unit) => unit.band === band);
  const place = units.findIndex((unit) => unit.node === like && unit.group === '');
  if (place < 0) return;
  cube.units.push({ ...units[place]!, node });
  for (const figures of cube.figures) {
    // What was asked without the school has figures of the authority alone.
    if (figures.band !== band || figures.base.length < units.length) continue;
    for (const column of [figures.base, ...Object.values(figures.counts), ...Object.values(figures.states)]) {
      column.push(column[place]!);
    }
    for (const positions of [figures.oneSchool, figures.sums])
      if (positions.includes(place)) positions.push(units.length);
  }
}
