import type { Highs } from 'highs';
import { seededRandom } from '../seeded-random.ts';
import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import type { CountedItem } from './counted-items.ts';
import { askedOf, type Figure, type ItemCounts, type ItemFigures, type RoutedBases } from './figures.ts';
import type { ProtectedCount } from './protection.ts';
import type { CubeFigures } from './release.ts';
import { makeItemSafe, withholdRows, type ItemAudit } from './safe-item.ts';
import { safeScale } from './safe-scale.ts';
import { GENDER_QUESTION } from './units.ts';
import type { BandGround } from './wave-ground.ts';

/*
 * The tables of a release made safe, variable by variable and band by band: each variable with its indicators, over
 * every place and group of the band at once. What would give something away is hidden as if a rule had hidden it.
 */

/** Named in every release. */
export const ATTACK = 'linear-programmes-4';

/** A variable and the indicators worked out from it, in one band. */
export interface SafeVariable {
  figures: CubeFigures[];
  audits: ItemAudit[];
}

/** Everything that streams of chance are named after, so that a release can be made again. */
export type Seed = string;

/**
 * Which rows of those asked must be withheld, by position of the unit, for every item that was asked of the same.
 * @param asked those asked, by cell of the wave
 * @throws if some number of those asked stays open whatever is withheld
 */
export function safeRows(solver: Highs, band: BandGround, asked: AskedCounts, seed: Seed): number[] {
  return [...withholdRows(solver, band.ground, askedItem(band, asked), seededRandom(seed))];
}

/** Those asked, as an item of one category that is not shown. */
export function askedItem({ cellOf }: BandGround, { asked, askedBefore }: AskedCounts): ItemCounts {
  return {
    id: 'asked',
    categories: ['asked'],
    counts: [picked(cellOf, asked)],
    shown: [],
    askedBefore: askedBefore && picked(cellOf, askedBefore),
  };
}

/** Those asked something, by cell of the wave. */
export interface AskedCounts {
  asked: Int32Array;
  askedBefore: Int32Array | undefined;
}

/**
 * @param variable a question's variable and the indicators that read it
 * @param rows units whose rows are withheld, from `safeRows`
 * @param routed its bases, where another question's answers say who was asked
 * @throws if something stays open to attack whatever is withheld
 */
export function safeVariable(
  solver: Highs,
  band: BandGround,
  variable: readonly CountedItem[],
  rows: readonly number[],
  seed: Seed,
  routed?: RoutedBases,
): SafeVariable {
  const own = (counts: Int32Array | undefined) => picked(band.cellOf, counts);
  const [only] = variable;
  if (only?.scores) return safeScale(solver, band, only, own, rows, seed);
  const withheld = new Set(rows);
  const audits: ItemAudit[] = [];
  const figures = new Map(variable.map(({ item }) => [item.id, emptyFigures(band, item)]));
  for (const { item, places } of attacksOn(variable, own, routed)) {
    const safe = makeItemSafe(solver, band.ground, item, seededRandom(`${seed} ${item.id}`), withheld);
    audits.push(safe.audit);
    fill(figures, band, item, safe.figures, places);
  }
  return { figures: [...figures.values()], audits };
}

/** A figure of a table: a count of an option or of a state. */
type TablePlace = { item: string; option: string } | { item: string; state: AskedState };

function emptyFigures({ band, stored }: BandGround, { id, options, kind }: CountedItem['item']): CubeFigures {
  const hidden = () => stored.map(() => null);
  // Of an indicator its share alone: who gave no answer stands at the question that it reads.
  const states = kind === 'question' ? ASKED_STATES : [];
  return {
    item: id,
    band: band.id,
    base: hidden(),
    counts: Object.fromEntries(options.map((option) => [option, hidden()])),
    states: Object.fromEntries(states.map((state) => [state, hidden()])),
    oneSchool: [],
    sums: [],
  };
}

/** Puts what is shown into the tables; all else stays hidden. */
function fill(
  tables: ReadonlyMap<string, CubeFigures>,
  { ground, stored, schoolsOf }: BandGround,
  item: ItemCounts,
  { bases, counts }: ItemFigures,
  places: ReadonlyMap<number, TablePlace>,
): void {
  const shown = (figures: readonly Figure[]) =>
    stored.map((unit) => {
      const { value, standing } = figures[unit]!;
      return standing === 'shown' ? (value as ProtectedCount) : null;
    });
  const schools = schoolsOf(askedOf(item));
  for (const table of tables.values()) {
    table.base = shown(bases);
    if (item.routed && item.routed.roundings > 1) table.baseRoundings = item.routed.roundings;
    table.oneSchool = stored.flatMap((unit, place) =>
      schools[unit]!.schools < 2 && Object.keys(ground.plan.units[unit]!.filter).length === 0 ? [place] : [],
    );
  }
  for (const [reading, place] of places) {
    const table = tables.get(place.item)!;
    if ('option' in place) {
      table.counts[place.option] = shown(counts[reading]!);
      table.sums = stored.flatMap((unit, at) => (counts[reading]![unit]!.isSum ? [at] : []));
    } else table.states[place.state] = shown(counts[reading]!);
  }
}

function picked(cellOf: Int32Array, counts: Int32Array | undefined): Int32Array {
  return cellOf.map((cell) => counts?.[cell] ?? 0);
}

interface AskedBy extends AskedCounts {
  routed: RoutedBases | undefined;
}

interface AttackedItem {
  item: ItemCounts;
  /** Which figure of a table each category and union is. */
  places: ReadonlyMap<number, TablePlace>;
}

/** A variable with one answer is attacked whole, with its indicators; one with several answers for each of them. */
export function attacksOn(
  variable: readonly CountedItem[],
  own: (counts: Int32Array | undefined) => Int32Array,
  routed?: RoutedBases,
): AttackedItem[] {
  const question = variable.find(({ item }) => item.kind !== 'indicator')!;
  const indicators = variable.filter((one) => one !== question);
  const { item, counts } = question;
  const asked: AskedBy = {
    asked: own(counts.asked),
    // Bases that are known say all that the route says.
    askedBefore: routed ? undefined : question.askedBefore && own(question.askedBefore),
    routed,
  };
  const states = ASKED_STATES.map((state) => ({
    name: state,
    counts: counts.states.get(state),
    place: { item: item.id, state },
  }));
  const options = item.options.map((option) => ({
    name: option,
    counts: counts.options.get(option),
    place: { item: item.id, option },
  }));
  if (!item.several) {
    const unions = indicators.map(({ item: { id }, anyOf = [] }) => ({
      id,
      categories: anyOf.map((code) => item.options.indexOf(code)).filter((index) => index >= 0),
    }));
    // Everybody asked is in one of these, and everybody knows that.
    const parts = item.kind === 'outcomes' ? options : [...options, ...states];
    const whole = partition(item.id, parts, asked, own, 'whole');
    const places = new Map(whole.places);
    unions.forEach(({ id }, index) => places.set(whole.item.counts.length + index, { item: id, option: 'yes' }));
    const where = {
      ...(item.kind === 'outcomes' && { inLargePlacesOnly: true as const }),
      ...(item.question === GENDER_QUESTION && { notBySex: true as const }),
    };
    return [{ item: { ...whole.item, unions, shown: [...places.keys()], ...where }, places }];
  }
  return [
    partition(item.id, states, asked, own),
    ...options.map((option) => partition(`${item.id} ${option.name}`, [option], asked, own)),
    ...indicators.map((one) =>
      partition(
        one.item.id,
        [{ name: 'yes', counts: one.counts.options.get('yes'), place: { item: one.item.id, option: 'yes' } }],
        asked,
        own,
      ),
    ),
  ];
}

/** Some categories that no person is in twice, and everybody else where they are not the whole. */
function partition(
  id: string,
  parts: readonly { name: string; counts: Int32Array | undefined; place: TablePlace }[],
  { asked, askedBefore, routed }: AskedBy,
  own: (counts: Int32Array | undefined) => Int32Array,
  extent: 'whole' | 'some' = 'some',
): AttackedItem {
  const counts = parts.map((part) => own(part.counts));
  const rest = asked.map((total, cell) => total - counts.reduce((sum, of) => sum + of[cell]!, 0));
  const names = parts.map(({ name }) => name);
  const isAll = extent === 'whole' && rest.every((count) => count === 0);
  return {
    item: {
      id,
      categories: isAll ? names : [...names, 'everybody else'],
      counts: isAll ? counts : [...counts, rest],
      shown: parts.map((_, index) => index),
      askedBefore,
      ...(routed && { routed }),
    },
    places: new Map(parts.map(({ place }, index) => [index, place])),
  };
}
