import { isInArea, schoolsOfArea } from '../people/area.ts';
import { AUTHORITY, type LatticeNode, type NodeKind } from './lattice.ts';
import type { Cube, CubeFigures, Sha256 } from './cube.ts';

/*
 * What is left of a release for somebody who is bound to an area: the same figures of fewer places. Nothing is made
 * safe anew, since whoever sees less of a release learns less from it.
 */

/** A cube without the places outside an area, and what can no longer be read from it. */
export interface NarrowedCube extends Cube {
  narrowed: {
    /** The groups that places of each kind are looked at by in the whole release. */
    groups: Partial<Record<NodeKind, string[]>>;
  };
}

/**
 * Ids of the places of a release that belong to an area: the authority, what belongs to the area, and what these leave
 * of the authority or count once.
 */
export function nodesWithin(nodes: readonly LatticeNode[], area: readonly string[]): Set<string> {
  const schools = schoolsOfArea(area, nodes);
  const own = new Set(
    nodes
      .filter((node) => node.id === AUTHORITY || (node.of === undefined && isInArea(area, schools, node)))
      .map(({ id }) => id),
  );
  const ofOwn = nodes.filter(({ of }) => of !== undefined && own.has(of)).map(({ id }) => id);
  return new Set([...own, ...ofOwn]);
}

/**
 * The cube with the places of an area alone. Schools elsewhere are in no list; a fingerprint of all schools of a place
 * is, so that two waves can still be held beside each other.
 * @param groups those of each kind of place in the whole release
 */
export function narrowCube(
  cube: Cube,
  area: readonly string[],
  groups: NarrowedCube['narrowed']['groups'],
  hash: Sha256,
): NarrowedCube {
  const kept = nodesWithin(cube.nodes, area);
  const schools = schoolsOfArea(area, cube.nodes);
  const isKept = ({ node }: { node: string }) => kept.has(node);
  const byBand = Map.groupBy(cube.units, ({ band }) => band);
  const keptPlaces = new Map(
    [...byBand].map(([band, units]) => [band, units.flatMap((unit, place) => (isKept(unit) ? [place] : []))]),
  );
  return {
    ...cube,
    nodes: cube.nodes.filter(({ id }) => kept.has(id)).map((node) => withSchools(node, schools, hash)),
    units: cube.units.filter(isKept),
    rates: cube.rates.filter(isKept),
    figures: cube.figures.map((figures) => narrowFigures(figures, keptPlaces.get(figures.band) ?? [])),
    narrowed: { groups },
  };
}

function withSchools(node: LatticeNode, schools: ReadonlySet<string>, hash: Sha256): LatticeNode {
  return {
    ...node,
    schools: node.schools.filter((school) => schools.has(school)),
    allSchools: node.allSchools ?? hash(JSON.stringify(node.schools.toSorted())),
  };
}

/** @param kept positions of the units that stay. A column ends where its item has no more figures, and still does. */
function narrowFigures(figures: CubeFigures, kept: readonly number[]): CubeFigures {
  const column = <Value>(whole: readonly Value[]) =>
    kept.filter((place) => place < whole.length).map((place) => whole[place]!);
  const columns = <Key extends string, Value>(all: Partial<Record<Key, Value[]>>) =>
    Object.fromEntries(
      Object.entries<Value[]>(all as Record<Key, Value[]>).map(([key, whole]) => [key, column(whole)]),
    ) as Record<Key, Value[]>;
  const positions = (whole: readonly number[]) => {
    const old = new Set(whole);
    return kept.flatMap((place, position) => (old.has(place) ? [position] : []));
  };
  return {
    ...figures,
    base: column(figures.base),
    counts: columns(figures.counts),
    states: columns(figures.states),
    ...(figures.points && { points: column(figures.points) }),
    oneSchool: positions(figures.oneSchool),
    sums: positions(figures.sums),
  };
}
