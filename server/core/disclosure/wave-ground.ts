import { isPrimaryBand, type Band } from '../survey/stage.ts';
import { countResponses } from '../tally/count.ts';
import { groundOf, type Ground } from './attack/knowledge.ts';
import { sumOf } from './attack/problem.ts';
import { askedOf, type FigurePlan, type ItemCounts } from './figures.ts';
import {
  AUTHORITY,
  latticeNodes,
  latticePlaces,
  WITHOUT_LOCALITY,
  withoutLocality,
  type LatticeNode,
} from './lattice.ts';
import { BASE_5, protect } from './protection.ts';
import type { ReleaseInput } from './release-input.ts';
import { hasAnswered, LEAST_BASE, leastBaseOf, mayShowPlace, mayShowRouted } from './rules.ts';
import {
  DIMENSIONS,
  isOfNobody,
  remaindersOf,
  unitsOf,
  type BaseCell,
  type Dimension,
  type Place,
  type Remainder,
  type Unit,
} from './units.ts';

/*
 * The lattice of a wave, band by band: no table reaches over two bands, so each of them is attacked by itself.
 */

/** A band with its units, ready to be attacked. */
export interface BandGround {
  band: Band;
  ground: Ground;
  /** Which of the wave's cells each of the ground's own cells is. */
  cellOf: Int32Array;
  /** Positions of the units that are stored; rests are worked out from those. */
  stored: readonly number[];
  /** By unit: of how many protected figures each of its figures is made. */
  roundings: readonly number[];
  /** How a place stands, by unit, for those who were asked something. */
  schoolsOf: (asked: Int32Array) => readonly SchoolsOf[];
}

/** A band as it is opened for what was asked with the school. */
interface OpenBand extends BandGround {
  /** Whether the whole authority may be shown. */
  isShown: boolean;
  /** Its schools that answered. */
  answering: SchoolsOf;
}

/** The schools of a unit that answered. */
interface SchoolsOf {
  schools: number;
  /** Whether every one of them agreed to be shown on its own. */
  agreed: boolean;
}

export interface WaveGround {
  nodes: LatticeNode[];
  /** By band; undefined where nobody of the band is in any place. */
  bands: (BandGround | undefined)[];
  /** The same for records without schools. */
  withoutSchools: (BandGround | undefined)[];
}

export function openWaveGround(input: ReleaseInput): WaveGround {
  const nodes = latticeNodes(input);
  const codes = input.schools.map(({ code }) => code);
  const places = [...latticePlaces(nodes, codes), ...(input.reached === 'open' ? withoutLocality(nodes, codes) : [])];
  const responses = responsesOf(input);
  const bands = input.bands.map((band, index) => openBand(input, places, band, index, responses));
  return { nodes, bands, withoutSchools: bands.map((band, index) => band && openBandWithoutSchools(band, index)) };
}

/** All who answered anything, by cell. */
export function responsesOf({ versions, cells }: ReleaseInput): Int32Array {
  const total = new Int32Array(cells.length);
  for (const version of versions) {
    countResponses(version.columns, cells.length).forEach((value, cell) => (total[cell]! += value));
  }
  return total;
}

/** Pupils of a band on the roll of some schools. */
export function rollOf({ roll, bands }: ReleaseInput, schools: readonly number[], band: number): number {
  return schools.reduce((sum, school) => sum + roll[school * bands.length + band]!, 0);
}

function openBand(
  input: ReleaseInput,
  places: readonly Place[],
  band: Band,
  index: number,
  responses: Int32Array,
): OpenBand | undefined {
  const isOpen = input.reached === 'open';
  const held = heldBy(input);
  // A place without pupils of the band has no tables at all, hidden or shown.
  const own = [...input.cells.keys()].filter((cell) => {
    const { band: of, school } = input.cells[cell]!;
    return of === index && (isOpen || rollOf(input, [school], index) > 0);
  });
  if (own.length === 0) return undefined;
  const cells = own.map((cell) => ({ ...input.cells[cell]!, band: 0 }));
  const units = unitsOf(places, 1, cells, held);
  const bandResponses = Int32Array.from(own, (cell) => responses[cell]!);
  // The cells of an open wave are all there could be, so that none tells whether anybody is in it.
  const remainders = remaindersOf(units, cells, isOpen ? bandResponses : undefined);
  const schoolsOf = (asked: Int32Array) =>
    units.map((unit) => (isOpen ? NO_SCHOOLS : answeringSchools(input, unit, cells, asked)));
  const ofPlaces = placeStandings(input, units, index, bandResponses, schoolsOf(bandResponses));
  const leastBases: FigurePlan['leastBases'] = (item) =>
    isOpen ? leastBasesOfOpen(item, units) : leastBasesOf(item, { units, band, ofPlaces, schoolsOf });
  const plan: FigurePlan = { units, remainders, protection: BASE_5, leastBases };
  const ofUnit = ({ filter, place, cells: inUnit }: Unit) => {
    const pupils = rollOf(input, place.schools, index);
    // Nobody can take the roll for a bound where more answered than stand on it.
    const isBound = !isOpen && Object.keys(filter).length === 0 && sumOf(bandResponses, inUnit) <= pupils;
    return isBound ? pupils : Infinity;
  };
  return {
    band,
    ground: groundOf(plan, cells.length, ofUnit, { ofNobody: ofNobody(input, cells) }),
    cellOf: Int32Array.from(own),
    stored: [...units.keys()].filter((unit) => units[unit]!.place.kind !== 'rest'),
    roundings: roundingsOf(remainders),
    schoolsOf,
    answering: ofPlaces.get(AUTHORITY)!,
    isShown: isOpen || mayShowPlace({ ...ofPlaces.get(AUTHORITY)!, primary: isPrimaryBand(band) }),
  };
}

/** Dimensions that a wave holds. */
const heldBy = ({ dimensions }: ReleaseInput): Dimension[] => DIMENSIONS.filter((dimension) => dimensions[dimension]);

/** Positions of the cells that nobody can be in, among some of a wave's. */
export function ofNobody(input: ReleaseInput, cells: readonly BaseCell[]): Set<number> {
  const held = heldBy(input);
  return new Set([...cells.keys()].filter((cell) => isOfNobody(cells[cell]!, held)));
}

/** Records without schools lie in one cell a band, and count for the whole authority alone, if that may be shown. */
function openBandWithoutSchools({ band, isShown, answering }: OpenBand, index: number): BandGround {
  const cells: BaseCell[] = [{ school: 0, band: 0, groups: {} }];
  const units = unitsOf([{ id: AUTHORITY, kind: 'authority', schools: [0] }], 1, cells, []);
  const plan: FigurePlan = {
    units,
    remainders: units.map(() => undefined),
    protection: BASE_5,
    leastBases: (item) => {
      const asked = askedOf(item);
      return units.map((unit) => (isShown && isSafelyRouted(unit, item, asked) ? LEAST_BASE : undefined));
    },
  };
  return {
    band,
    ground: groundOf(plan, cells.length, () => Infinity),
    cellOf: Int32Array.of(index),
    stored: [0],
    roundings: [1],
    schoolsOf: () => [answering],
  };
}

/** Nobody came by way of a school, so no figure can be that of one. */
const NO_SCHOOLS: SchoolsOf = { schools: Infinity, agreed: true };

/** An open wave has no roll and no schools: all that counts is how many were asked, and by which route. */
function leastBasesOfOpen(item: ItemCounts, units: readonly Unit[]): (number | undefined)[] {
  const asked = askedOf(item);
  return units.map((unit) =>
    unit.place.id !== WITHOUT_LOCALITY && isSafelyRouted(unit, item, asked) ? LEAST_BASE : undefined,
  );
}

/** Whether a place may be shown at all, by its id; groups stand as their place does. */
function placeStandings(
  input: ReleaseInput,
  units: readonly Unit[],
  band: number,
  responses: Int32Array,
  schools: readonly SchoolsOf[],
): ReadonlyMap<string, { rate: number | null; agreed: boolean; schools: number }> {
  return new Map(
    units.flatMap((unit, index) => {
      if (Object.keys(unit.filter).length > 0) return [];
      const roll = rollOf(input, unit.place.schools, band);
      const rate = roll === 0 ? null : protect(sumOf(responses, unit.cells)) / roll;
      return [[unit.place.id, { rate, ...schools[index]! }]];
    }),
  );
}

function leastBasesOf(
  item: ItemCounts,
  {
    units,
    band,
    ofPlaces,
    schoolsOf,
  }: {
    units: readonly Unit[];
    band: Band;
    ofPlaces: ReturnType<typeof placeStandings>;
    schoolsOf: BandGround['schoolsOf'];
  },
): (number | undefined)[] {
  const primary = isPrimaryBand(band);
  const asked = askedOf(item);
  const answering = schoolsOf(asked);
  return units.map((unit, index) => {
    const place = ofPlaces.get(unit.place.id)!;
    const own = answering[index]!;
    const isGroup = Object.keys(unit.filter).length > 0;
    if (!mayShowPlace({ ...place, primary }) || !mayShowPlace({ ...own, primary, rate: place.rate })) return undefined;
    if (item.inLargePlacesOnly && !isLarge(unit.place)) return undefined;
    if (item.notBySex && unit.filter.sex !== undefined) return undefined;
    // One school is shown by its band alone.
    if (!isSafelyRouted(unit, item, asked) || (isGroup && own.schools === 1)) return undefined;
    return leastBaseOf(own);
  });
}

/** The authority, a locality, or what a locality leaves of the authority. */
function isLarge({ kind, remainder }: Place): boolean {
  return kind === 'authority' || kind === 'locality' || (kind === 'rest' && remainder!.part.startsWith('locality:'));
}

/** Whether nothing leads to a question, or what leads to it may be shown for a unit. */
function isSafelyRouted({ cells }: Unit, { askedBefore }: ItemCounts, asked: Int32Array): boolean {
  return !askedBefore || mayShowRouted(protect(sumOf(asked, cells)), protect(sumOf(askedBefore, cells)));
}

/** Schools that answered enough to stand beside another one, among the children of a unit. */
function answeringSchools(
  { schools }: ReleaseInput,
  unit: Unit,
  cells: readonly BaseCell[],
  asked: Int32Array,
): SchoolsOf {
  const bySchool = new Map<number, number>();
  for (const cell of unit.cells) {
    const { school } = cells[cell]!;
    bySchool.set(school, (bySchool.get(school) ?? 0) + asked[cell]!);
  }
  const answering = [...bySchool].filter(([, count]) => hasAnswered(protect(count))).map(([school]) => school);
  return { schools: answering.length, agreed: answering.every((school) => schools[school]!.agreedToBeShown) };
}

function roundingsOf(remainders: readonly (Remainder | undefined)[]): number[] {
  const roundingsAt = (unit: number): number => {
    const from = remainders[unit];
    return from ? roundingsAt(from.whole) + roundingsAt(from.part) : 1;
  };
  return remainders.map((_, unit) => roundingsAt(unit));
}
