import { LEAST_LEFT } from '../../core/disclosure/attack/knowledge.ts';
import type { Fact, Target } from '../../core/disclosure/attack/problem.ts';
import { BASE_5 } from '../../core/disclosure/protection.ts';
import { AUTHORITY } from '../../core/disclosure/lattice.ts';
import type { ReadPlace } from './reading.ts';

/*
 * What figures of a band tell somebody outside. The unknowns are numbers of children by atom (schools that lie in the
 * same places), groups crossed, and answer. It is less than the attack inside the release job knows: that one is told
 * for each hidden figure which rule hid it and which children there are. Here a hidden figure tells nothing, a figure
 * that may be a difference is taken for as wide as a difference can be, and groups that nobody may be in are unknowns
 * like any other. So whatever fails here is given away for certain; what passes here has passed there already.
 */

/** A place and group that figures were read for, shown or hidden. */
export interface ReadUnit {
  place: string;
  group: string;
}

/** The places, groups and cells of a band, the same for all items that were asked alike. */
export interface OutsideGround {
  units: readonly ReadUnit[];
  /** By unit its cells, ascending. */
  cellsOf: readonly Int32Array[];
  cells: number;
  /** By unit: how far a figure may lie from the number of children; 0 where it is what others leave. */
  reachOf: readonly number[];
  /** Cells of each school that no other shares its places with. */
  lonely: readonly { school: string; cells: Int32Array }[];
}

/** A number that was read of a unit. */
export interface ReadNumber {
  unit: number;
  /** What is counted; null for all who were asked. */
  categories: readonly number[] | null;
  low: number;
  high: number;
}

/** One partition of those asked, ready to be attacked. */
export interface OutsideProblem {
  id: string;
  most: Float64Array;
  facts: Fact[];
  targets: Target[];
  categories: number;
}

/** @param places all places of the release, in its order */
export function groundFrom(places: readonly ReadPlace[], units: readonly ReadUnit[]): OutsideGround {
  const placeOf = new Map(places.map((place) => [place.place, place]));
  const used = [...new Set(units.map(({ place }) => place))].map((id) => placeOf.get(id)!);
  const atoms = atomsOf(used);
  const filters = units.map(({ group }) => filterOf(group));
  const values = valuesOf(filters);
  const crossed = crossedOf(values);
  const half = secondHalf(places);
  const inPlace = new Map(
    used.map(({ place, schools }) => [
      place,
      atoms.flatMap((atom, index) => (schools.includes(atom[0]!) ? [index] : [])),
    ]),
  );
  const cellsOf = units.map(({ place }, unit) => {
    const groups = crossed.flatMap((groups, index) =>
      [...filters[unit]!].every(([dimension, value]) => groups.get(dimension) === value) ? [index] : [],
    );
    return Int32Array.from(inPlace.get(place)!.flatMap((atom) => groups.map((group) => atom * crossed.length + group)));
  });
  return {
    units,
    cellsOf,
    cells: atoms.length * crossed.length,
    reachOf: units.map(({ place }, unit) => {
      if (placeOf.get(place)!.kind === 'rest' || place === half) return 0;
      // Of two groups one is what the other leaves, and nobody outside is told which.
      const doubled = [...filters[unit]!.keys()].filter((dimension) => values.get(dimension)!.size === 2).length;
      return BASE_5.most * 2 ** doubled;
    }),
    lonely: atoms.flatMap((schools, atom) =>
      schools.length === 1
        ? [{ school: schools[0]!, cells: Int32Array.from(crossed, (_, group) => atom * crossed.length + group) }]
        : [],
    ),
  };
}

/** Schools that lie in the same places, together. */
function atomsOf(places: readonly ReadPlace[]): string[][] {
  const signatures = new Map<string, string>();
  places.forEach(({ schools }, index) => {
    for (const school of schools) signatures.set(school, `${signatures.get(school) ?? ''}${index} `);
  });
  return [...Map.groupBy(signatures.keys(), (school) => signatures.get(school)!).values()];
}

/** `sex=female&quintile=1` by dimension. */
function filterOf(group: string): Map<string, string> {
  return new Map(group === '' ? [] : group.split('&').map((part) => part.split('=') as [string, string]));
}

function valuesOf(filters: readonly ReadonlyMap<string, string>[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const [dimension, value] of filters.flatMap((filter) => [...filter])) {
    values.set(dimension, (values.get(dimension) ?? new Set()).add(value));
  }
  return values;
}

/** Every way in which a child can be in one group of each dimension. */
function crossedOf(values: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string>[] {
  return [...values].reduce<Map<string, string>[]>(
    (before, [dimension, own]) =>
      before.flatMap((groups) => [...own].map((value) => new Map(groups).set(dimension, value))),
    [new Map<string, string>()],
  );
}

/** Of two localities that are the authority, the second: it is what the first leaves. */
function secondHalf(places: readonly ReadPlace[]): string | undefined {
  const [first, second, third] = places.filter(({ kind }) => kind === 'locality');
  const whole = places.find(({ place }) => place === AUTHORITY);
  if (!first || !second || third || !whole) return undefined;
  return first.schools.length + second.schools.length === whole.schools.length ? second.place : undefined;
}

/** What a shown figure says. One that protection cannot have made is taken for exact. */
export function around(value: number, reach: number): { low: number; high: number } {
  if (BASE_5.protect(value, 0) !== value) return { low: value, high: value };
  return { low: Math.max(0, value - reach), high: value + reach };
}

/**
 * @param names of the categories; every child who was asked is in exactly one
 * @param unions readings of several categories at once, by name
 * @param numbers what was read
 */
export function problemFrom(
  ground: OutsideGround,
  { id, names, unions }: { id: string; names: readonly string[]; unions: ReadonlyMap<string, readonly number[]> },
  numbers: readonly ReadNumber[],
): OutsideProblem {
  const categories = names.length;
  const all = names.map((_, category) => category);
  const facts = numbers
    .filter(({ low, high }) => low > 0 || high < Infinity)
    .map(({ unit, categories: own, low, high }): Fact => {
      return { unknowns: unknownsOf(ground.cellsOf[unit]!, categories, own ?? all), low, high };
    });
  const readings = [
    ...all.map((category) => ({ name: names[category]!, own: [category] })),
    ...[...unions].map(([name, own]) => ({ name, own })),
  ];
  const places = [
    ...ground.units.map(({ place, group }, unit) => ({
      name: group === '' ? place : `${place} ${group}`,
      cells: ground.cellsOf[unit]!,
    })),
    ...ground.lonely.map(({ school, cells }) => ({ name: `school ${school}`, cells })),
  ];
  const targets = differentOf(places).flatMap(({ name, cells }) => [
    { id: `${name} ${id} asked`, unknowns: unknownsOf(cells, categories, all), least: LEAST_LEFT },
    ...readings.map(({ name: answer, own }): Target => {
      return { id: `${name} ${id} ${answer}`, unknowns: unknownsOf(cells, categories, own), least: LEAST_LEFT };
    }),
  ]);
  return { id, most: new Float64Array(ground.cells * categories).fill(MOST_CHILDREN), facts, targets, categories };
}

/** No authority has as many: a programme of which nothing is known needs an end too. */
const MOST_CHILDREN = 1e6;

/** The same children once, by the name that came first. */
function differentOf(places: readonly { name: string; cells: Int32Array }[]) {
  return [...new Map(places.toReversed().map((place) => [place.cells.join(), place])).values()].toReversed();
}

function unknownsOf(cells: Int32Array, categories: number, wanted: readonly number[]): Int32Array {
  const unknowns = new Int32Array(cells.length * wanted.length);
  const ascending = wanted.toSorted((one, other) => one - other);
  cells.forEach((cell, index) => {
    ascending.forEach((category, at) => (unknowns[index * ascending.length + at] = cell * categories + category));
  });
  return unknowns;
}
