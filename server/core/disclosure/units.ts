/*
 * A unit of the lattice: the children of a place and band, all of them or those of one group. Every table of a
 * release counts the children of one unit.
 */

/** What children are told apart by, besides where and how old they are. */
export const DIMENSIONS = ['sex', 'gender', 'quintile', 'asn', 'language'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The question by which pupils describe their gender, in every survey that asks it. */
export const GENDER_QUESTION = 'gender';

/** Children whom the lattice cannot tell apart. */
export interface BaseCell {
  school: number;
  band: number;
  /** The group by dimension; "not known" is a group like any other. Only dimensions that the wave holds. */
  groups: Partial<Record<Dimension, string>>;
}

/**
 * Whether a cell only says that there is such a school: nobody is in it, since everybody is in a group of each dimension.
 * @param held dimensions that the wave holds
 */
export function isOfNobody({ groups }: BaseCell, held: readonly Dimension[]): boolean {
  return held.some((dimension) => groups[dimension] === undefined);
}

/**
 * What a place is: 'rest' is what a locality or cluster leaves of its authority; 'once' is a cluster without the shared
 * schools that count in another one, for setting clusters side by side; 'special' are the schools without stages.
 */
export type PlaceKind = 'authority' | 'locality' | 'cluster' | 'rest' | 'once' | 'special';

/** A place: the schools that count in it. */
export interface Place {
  id: string;
  kind: PlaceKind;
  schools: readonly number[];
  /** Set where a place is what another one leaves of a third: its figures are their difference. */
  remainder?: { whole: string; part: string };
}

export interface Unit {
  /** Place, band and filter: `cluster:ash/1/gender=girl`. */
  id: string;
  place: Place;
  band: number;
  filter: Partial<Record<Dimension, string>>;
  /** Positions of its base cells, ascending. */
  cells: Int32Array;
}

/** Groups that any place may be filtered by; the authority and its localities by more, and by two at once. */
const ANYWHERE: readonly Dimension[][] = [[], ['sex'], ['gender'], ['quintile']];
const IN_LARGE_PLACES: readonly Dimension[][] = [
  ['asn'],
  ['language'],
  ['sex', 'quintile'],
  ['gender', 'quintile'],
  ['sex', 'asn'],
  ['gender', 'asn'],
  ['quintile', 'asn'],
];

/** The filters of the lattice for a kind of place. A wave has those whose dimensions it holds. */
export function filtersFor(kind: PlaceKind): readonly (readonly Dimension[])[] {
  if (kind === 'once' || kind === 'special') return [[]];
  return kind === 'authority' || kind === 'locality' ? [...ANYWHERE, ...IN_LARGE_PLACES] : ANYWHERE;
}

/**
 * Every unit of places and bands that any base cell belongs to, in the order of places, bands and filters.
 * @param held dimensions that the wave holds
 */
export function unitsOf(
  places: readonly Place[],
  bands: number,
  cells: readonly BaseCell[],
  held: readonly Dimension[],
): Unit[] {
  return places.flatMap((place) => {
    const inPlace = new Set(place.schools);
    const filters = filtersFor(place.kind).filter((filter) => filter.every((dimension) => held.includes(dimension)));
    return Array.from({ length: bands }, (_, band) => {
      const own = [...cells.keys()].filter((cell) => cells[cell]!.band === band && inPlace.has(cells[cell]!.school));
      return own.length === 0 ? [] : filters.flatMap((filter) => unitsByFilter(place, band, filter, own, cells));
    }).flat();
  });
}

function unitsByFilter(
  place: Place,
  band: number,
  filter: readonly Dimension[],
  own: readonly number[],
  cells: readonly BaseCell[],
): Unit[] {
  const units = new Map<string, { filter: Unit['filter']; cells: number[] }>();
  for (const cell of own) {
    const { groups } = cells[cell]!;
    // A cell of nobody yet, which only says that there is such a school, is in no group.
    if (filter.some((dimension) => groups[dimension] === undefined)) continue;
    const filtered = Object.fromEntries(filter.map((dimension) => [dimension, groups[dimension]]));
    const key = groupId(filtered);
    const unit = units.get(key);
    if (unit) unit.cells.push(cell);
    else units.set(key, { filter: filtered, cells: [cell] });
  }
  const inOrder = [...units].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, unit]) => unit);
  return inOrder.map((unit) => ({
    id: unitId(place.id, band, unit.filter),
    place,
    band,
    filter: unit.filter,
    cells: Int32Array.from(unit.cells),
  }));
}

/** A unit whose figures are those of a whole less those of its other part, by position. */
export interface Remainder {
  whole: number;
  part: number;
}

/**
 * Units that are not rounded on their own. Where a whole has two parts, a third rounding would often give all three
 * away (three roundings to 5 that miss each other by 5 leave two numbers each), so one part is what the other leaves.
 * @param sizes how much each cell weighs where the larger of two groups is looked for; all alike unless told
 * @returns by unit; undefined where a unit has figures of its own
 */
export function remaindersOf(
  units: readonly Unit[],
  cells: readonly BaseCell[],
  sizes: ArrayLike<number> = cells.map(() => 1),
): (Remainder | undefined)[] {
  const positions = new Map(units.map((unit, index) => [unit.id, index]));
  const larger = largerOfTwo(cells, sizes);
  const at = (place: string, { band, filter }: Unit, change: Partial<Record<Dimension, string | undefined>> = {}) =>
    positions.get(unitId(place, band, { ...filter, ...change }));
  return units.map((unit) => {
    const { place, filter } = unit;
    if (place.remainder) return remainder(at(place.remainder.whole, unit), at(place.remainder.part, unit));
    const dimension = DIMENSIONS.find(
      (candidate) => filter[candidate] && filter[candidate] === larger[candidate]?.group,
    );
    if (!dimension) return undefined;
    const others = at(place.id, unit, { [dimension]: larger[dimension]!.other });
    return remainder(at(place.id, unit, { [dimension]: undefined }), others);
  });
}

function remainder(whole: number | undefined, part: number | undefined): Remainder | undefined {
  return whole === undefined || part === undefined ? undefined : { whole, part };
}

/** Of each dimension that has exactly two groups in the whole wave, the group whose base cells weigh more. */
function largerOfTwo(
  cells: readonly BaseCell[],
  sizes: ArrayLike<number>,
): Partial<Record<Dimension, { group: string; other: string }>> {
  const larger: Partial<Record<Dimension, { group: string; other: string }>> = {};
  for (const dimension of DIMENSIONS) {
    const groups = new Map<string, number>();
    cells.forEach(({ groups: { [dimension]: group } }, cell) => {
      if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) + sizes[cell]!);
    });
    const [one, other, third] = [...groups.keys()].toSorted();
    if (one === undefined || other === undefined || third !== undefined) continue;
    const isOne = groups.get(one)! >= groups.get(other)!;
    larger[dimension] = isOne ? { group: one, other } : { group: other, other: one };
  }
  return larger;
}

function unitId(place: string, band: number, filter: Partial<Record<Dimension, string | undefined>>): string {
  const group = groupId(filter);
  return [place, band, ...(group === EVERYBODY ? [] : [group])].join('/');
}

/** The group of all children. */
export const EVERYBODY = '';

/** What a group is called in a release and in addresses: `sex=female`, or of two at once `sex=female&quintile=1`. */
export function groupId(filter: Partial<Record<Dimension, string | undefined>>): string {
  return DIMENSIONS.flatMap((dimension) =>
    filter[dimension] === undefined ? [] : [`${dimension}=${filter[dimension]}`],
  ).join('&');
}

/** For each base cell the number of its group: cells that lie in the same units cannot be told apart. */
export function mergedCells(count: number, units: readonly Unit[]): { groupOf: Int32Array; groups: number } {
  const signatures = Array.from({ length: count }, () => '');
  units.forEach((unit, index) => unit.cells.forEach((cell) => (signatures[cell] += `${index} `)));
  const numbers = new Map<string, number>();
  const groupOf = Int32Array.from(signatures, (signature) => {
    const known = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, known);
    return known;
  });
  return { groupOf, groups: numbers.size };
}
