import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import { isQuestion, type Indicator, type Question } from '../survey/definition.ts';
import { kindOf } from '../survey/kinds.ts';
import { isPrimaryBand, type Band } from '../survey/stage.ts';
import type { Columns } from '../tally/columns.ts';
import { countAnyOf, countQuestion, countResponses, type QuestionCounts } from '../tally/count.ts';
import { LATTICE, latticeNodes, type LatticeNode, type Membership } from './lattice.ts';
import { protect, PROTECTION, type ProtectedCount } from './protection.ts';
import {
  Release,
  type AskedVersion,
  type Cube,
  type CubeItem,
  type CubeRate,
  type CubeTable,
  type Sha256,
} from './release.ts';
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
 * Makes a release out of exact counts: lattice, protection, rules, seal. Exact counts live only inside
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
  versions: readonly (AskedVersion & { columns: Columns })[];
}

/** An item with its exact counts by cell. */
interface CountedItem {
  item: CubeItem;
  counts: QuestionCounts;
  /** Those asked the question that routes to this one; undefined where no route leads to it. */
  askedBefore: Int32Array | undefined;
}

/** The protected cube of a wave, sealed. */
export function makeRelease(input: ReleaseInput, sha256: Sha256): Release {
  const nodes = latticeNodes(
    input.authority,
    input.schools.map((school) => school.code),
    input.clusters,
  );
  const counted = countItems(input);
  const responses = sumOver(input, (version) => countResponses(version.columns, cellCount(input)));
  const rates: CubeRate[] = [];
  const tables: CubeTable[] = [];
  for (const node of nodes) {
    input.bands.forEach((band, bandIndex) => {
      const cells = cellsOf(input, node, bandIndex);
      if (cells.length === 0) return;
      const { rate, share } = placeRate(input, node, band, cells, responses);
      rates.push(rate);
      const place = { node, band, cells, share };
      for (const one of counted) if (one.item.versions[band.id]) tables.push(protectTable(input, place, one));
    });
  }
  const cube: Cube = {
    format: 1,
    lattice: LATTICE,
    protection: PROTECTION,
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
): { rate: CubeRate; share: number | null } {
  const schoolSizes = cells.map((cell) => input.roll[cell]!);
  const roll = schoolSizes.reduce((total, size) => total + size, 0);
  const answered = protect(sum(responses, cells));
  const share = roll === 0 ? null : answered / roll;
  const standing = standingOf(input, band, cells, responses, share);
  const shown = mayShowPlace(standing) && mayShowBase(answered, standing);
  return {
    share,
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
  place: { node: LatticeNode; band: Band; cells: readonly number[]; share: number | null },
  { item, counts: exact, askedBefore }: CountedItem,
): CubeTable {
  const { node, band, cells, share } = place;
  const base = protect(sum(exact.asked, cells));
  const standing = standingOf(input, band, cells, exact.asked, share);
  const routedSafely = askedBefore === undefined || mayShowRouted(base, protect(sum(askedBefore, cells)));
  const shown = mayShowPlace(standing) && mayShowBase(base, standing) && routedSafely;
  const protectedOf = (counts: Int32Array | undefined): ProtectedCount | null => {
    const count = protect(counts ? sum(counts, cells) : 0);
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

function sum(counts: Int32Array, cells: readonly number[]): number {
  let total = 0;
  for (const cell of cells) total += counts[cell]!;
  return total;
}

/** Every question and indicator of the wave's versions, one entry an id, with counts added up over versions. */
function countItems(input: ReleaseInput): CountedItem[] {
  const counted = new Map<string, CountedItem>();
  for (const version of input.versions) {
    const bands = input.bands.filter((band) => band.stages.some((stage) => version.survey.stages.includes(stage)));
    const versions = Object.fromEntries(bands.map((band) => [band.id, version.id]));
    for (const question of version.survey.items.filter(isQuestion)) {
      const counts = countQuestion(version.columns, question.id, cellCount(input));
      if (counts)
        addItem(
          counted,
          questionItem(question, versions),
          counts,
          askedBefore(version.columns, question, cellCount(input)),
        );
    }
    for (const indicator of version.survey.indicators) {
      const question = version.survey.items.filter(isQuestion).find((item) => item.id === indicator.question);
      const counts = question && countIndicator(version.columns, indicator, cellCount(input));
      if (counts)
        addItem(
          counted,
          indicatorItem(indicator, question, versions),
          counts,
          askedBefore(version.columns, question, cellCount(input)),
        );
    }
  }
  return [...counted.values()];
}

function countIndicator(columns: Columns, indicator: Indicator, cells: number): QuestionCounts | undefined {
  const counts = countQuestion(columns, indicator.question, cells);
  if (!counts) return undefined;
  return { ...counts, options: new Map([['yes', countAnyOf(columns, indicator.question, indicator.anyOf, cells)]]) };
}

/** Those asked the question that leads to a routed one. */
function askedBefore(columns: Columns, { when }: Question, cells: number): Int32Array | undefined {
  return when && countQuestion(columns, when.question, cells)?.asked;
}

function addItem(
  counted: Map<string, CountedItem>,
  item: CubeItem,
  counts: QuestionCounts,
  asked: Int32Array | undefined,
): void {
  const before = counted.get(item.id);
  if (!before) {
    counted.set(item.id, { item, counts, askedBefore: asked });
    return;
  }
  before.askedBefore = before.askedBefore && asked ? added(before.askedBefore, asked) : (before.askedBefore ?? asked);
  before.item.versions = { ...before.item.versions, ...item.versions };
  before.item.options = [...new Set([...before.item.options, ...item.options])];
  before.counts = {
    asked: added(before.counts.asked, counts.asked),
    options: addedMaps(before.counts.options, counts.options),
    states: addedMaps(before.counts.states, counts.states),
  };
}

function added(one: Int32Array, other: Int32Array): Int32Array {
  return one.map((value, cell) => value + other[cell]!);
}

function addedMaps<Key>(one: Map<Key, Int32Array>, other: Map<Key, Int32Array>): Map<Key, Int32Array> {
  const total = new Map(one);
  for (const [key, counts] of other) {
    const before = total.get(key);
    total.set(key, before ? added(before, counts) : counts);
  }
  return total;
}

function questionItem(question: Question, versions: Record<string, string>): CubeItem {
  return {
    id: question.id,
    kind: 'question',
    question: question.id,
    options: optionsOf(question),
    several: question.kind === 'tick-all',
    domain: question.tags.domain,
    schoolClimate: question.tags.clustering === 'school-climate',
    versions,
  };
}

function indicatorItem(indicator: Indicator, question: Question, versions: Record<string, string>): CubeItem {
  return { ...questionItem(question, versions), id: indicator.id, kind: 'indicator', options: ['yes'], several: false };
}

function optionsOf(question: Question): string[] {
  return kindOf(question).codes(question);
}
