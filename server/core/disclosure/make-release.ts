import type { Highs } from 'highs';
import { seededRandom } from '../seeded-random.ts';
import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import { isPrimaryBand, type Band } from '../survey/stage.ts';
import { countResponses } from '../tally/count.ts';
import { sumOf } from './attack/problem.ts';
import { countItems, type CountedItem, type CountedVersion, type WaveWay } from './counted-items.ts';
import { LATTICE, latticeNodes, type LatticeNode, type Membership } from './lattice.ts';
import { protect, PROTECTION, type ProtectedCount } from './protection.ts';
import { Release, type Cube, type CubeRate, type CubeTable, type Sha256 } from './release.ts';
import { ATTACK, makeTablesSafe, type DraftTables } from './safe-tables.ts';
import {
  cautionOf,
  hasAnswered,
  mayShowBase,
  mayShowNumerator,
  mayShowPlace,
  mayShowRouted,
  type Standing,
} from './rules.ts';

/*
 * Makes a release out of exact counts: lattice, protection, rules, attack, seal. Exact counts live only inside
 * this call; what comes out holds protected ones.
 */

export interface ReleaseInput {
  authority: { id: string; name: string };
  wave: { id: string; name: string; startsOn: string; endsOn: string };
  bands: readonly Band[];
  /** In the order that cells count schools in. */
  schools: readonly { code: string; agreedToBeShown: boolean }[];
  clusters: readonly Membership[];
  /** Pupils on the roll by cell; a cell is school × band, at `school * bands + band`. */
  roll: ArrayLike<number>;
  way: WaveWay;
  versions: readonly CountedVersion[];
}

/** A place and band, as far as it is known before any item is looked at. */
interface Place {
  node: LatticeNode;
  band: Band;
  bandIndex: number;
  /** Cells of its schools. */
  cells: readonly number[];
  /** Of all who answered anything. */
  standing: Standing;
}

/**
 * The protected cube of a wave, attacked and sealed.
 * @throws if something stays open to attack whatever is withheld
 */
export function makeRelease(input: ReleaseInput, sha256: Sha256, solver: Highs): Release {
  const nodes = latticeNodes(
    input.authority,
    input.schools.map((school) => school.code),
    input.clusters,
  );
  const counted = countItems(input.versions, { ...input, schools: input.schools.length });
  const responses = sumOver(input, (version) => countResponses(version.columns, cellCount(input)));
  const rates: CubeRate[] = [];
  const tables: CubeTable[] = [];
  for (const node of nodes) {
    input.bands.forEach((band, bandIndex) => {
      const cells = cellsOf(input, node, bandIndex);
      if (cells.length === 0) return;
      const { rate, standing } = placeRate(input, node, band, cells, responses);
      rates.push(rate);
      const place: Place = { node, band, bandIndex, cells, standing };
      for (const one of counted) if (isCounted(one, place)) tables.push(protectTable(input, place, one));
    });
  }
  makeTablesSafe(solver, draftOf(input, nodes, { counted, responses, rates, tables }), seededRandom(input.wave.id));
  const cube: Cube = {
    format: 2,
    lattice: LATTICE,
    protection: PROTECTION,
    attack: ATTACK,
    authority: input.authority,
    wave: input.wave,
    bands: [...input.bands],
    nodes,
    items: counted.map(({ item }) => item),
    rates,
    tables,
  };
  return Release.seal(cube, sha256);
}

/** What the attack needs to know of the tables. */
function draftOf(
  { bands, roll, schools }: ReleaseInput,
  nodes: readonly LatticeNode[],
  made: Pick<DraftTables, 'counted' | 'responses' | 'rates' | 'tables'>,
): DraftTables {
  const places = nodes.map(({ id, kind, schools: codes }) => ({
    id,
    kind,
    schools: schools.flatMap(({ code }, index) => (codes.includes(code) ? [index] : [])),
  }));
  const cells = Array.from(roll, (pupils, cell) => (pupils > 0 ? cell : -1)).filter((cell) => cell >= 0);
  return { ...made, places, bands: bands.map(({ id }) => id), cells, roll };
}

/** A band has a table of what it was asked; what has no school has one for the whole authority alone. */
function isCounted({ item }: CountedItem, { node, band }: Place): boolean {
  return item.versions[band.id] !== undefined && (!item.unlinked || node.kind === 'authority');
}

const cellCount = (input: ReleaseInput) => input.schools.length * input.bands.length;

function sumOver(input: ReleaseInput, count: (version: ReleaseInput['versions'][number]) => Int32Array): Int32Array {
  const total = new Int32Array(cellCount(input));
  for (const version of input.versions) count(version).forEach((value, cell) => (total[cell]! += value));
  return total;
}

/** Cells of a place and band whose school has pupils of the band on the roll. */
function cellsOf(input: ReleaseInput, node: LatticeNode, bandIndex: number): number[] {
  return input.schools.flatMap((school, schoolIndex) => {
    const cell = schoolIndex * input.bands.length + bandIndex;
    return node.schools.includes(school.code) && input.roll[cell]! > 0 ? [cell] : [];
  });
}

/** How a place stands for one count of persons: over how many schools these persons are spread, and whether those agreed. */
function standingOf(
  input: ReleaseInput,
  band: Band,
  cells: readonly number[],
  persons: Int32Array,
  rate: number | null,
): Standing {
  const answering = cells.filter((cell) => hasAnswered(protect(persons[cell]!)));
  const schoolOf = (cell: number) => input.schools[Math.floor(cell / input.bands.length)]!;
  return {
    schools: answering.length,
    agreed: answering.every((cell) => schoolOf(cell).agreedToBeShown),
    primary: isPrimaryBand(band),
    rate,
  };
}

function placeRate(
  input: ReleaseInput,
  node: LatticeNode,
  band: Band,
  cells: readonly number[],
  responses: Int32Array,
): { rate: CubeRate; standing: Standing } {
  const schoolSizes = cells.map((cell) => input.roll[cell]!);
  const roll = schoolSizes.reduce((total, size) => total + size, 0);
  const answered = protect(sumOf(responses, cells));
  const share = roll === 0 ? null : answered / roll;
  const standing = standingOf(input, band, cells, responses, share);
  const shown = mayShowPlace(standing) && mayShowBase(answered, standing);
  return {
    standing,
    rate: {
      node: node.id,
      band: band.id,
      roll,
      schools: cells.length,
      schoolSizes,
      responses: shown ? answered : null,
    },
  };
}

function protectTable(
  input: ReleaseInput,
  { node, band, bandIndex, cells: cellsOfSchools, standing: ofPlace }: Place,
  { item, counts: exact, askedBefore }: CountedItem,
): CubeTable {
  // Records without schools stand under their band alone, and are spread over schools as the responses are.
  const cells = item.unlinked ? [bandIndex] : cellsOfSchools;
  const base = protect(sumOf(exact.asked, cells));
  const standing = item.unlinked ? ofPlace : standingOf(input, band, cells, exact.asked, ofPlace.rate);
  const routedSafely = askedBefore === undefined || mayShowRouted(base, protect(sumOf(askedBefore, cells)));
  const shown = mayShowPlace(standing) && mayShowBase(base, standing) && routedSafely;
  const protectedOf = (counts: Int32Array | undefined): ProtectedCount | null => {
    const count = protect(counts ? sumOf(counts, cells) : 0);
    return shown && mayShowNumerator(count, base) ? count : null;
  };
  const counts = Object.fromEntries(item.options.map((option) => [option, protectedOf(exact.options.get(option))]));
  const states: Partial<Record<AskedState, ProtectedCount | null>> = {};
  for (const state of ASKED_STATES) states[state] = protectedOf(exact.states.get(state));
  return {
    node: node.id,
    band: band.id,
    item: item.id,
    base: shown ? base : null,
    counts,
    states,
    oneSchool: standing.schools < 2,
    caution: shown ? cautionOf(base) : 'none',
  };
}
