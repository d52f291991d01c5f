import type { Highs } from 'highs';
import { seededRandom } from '../seeded-random.ts';
import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import type { CountedItem } from './counted-items.ts';
import { askedOf, type Figure, type ItemCounts, type ItemFigures, type RoutedBases } from './figures.ts';
import type { ProtectedCount } from './protection.ts';
import type { CubeFigures } from './release.ts';
import { basesLeave, makeItemSafe, withholdRows, type ItemAudit } from './safe-item.ts';
import { sumOf } from './attack/problem.ts';
import type { Ground } from './attack/knowledge.ts';
import { safeScale } from './safe-scale.ts';
import { GENDER_QUESTION } from './units.ts';
import type { BandGround } from './wave-ground.ts';

/*
 * The tables of a release made safe, variable by variable and band by band: each variable with its indicators, over
 * every place and group of the band at once. What would give something away is hidden as if a rule had hidden it.
 */

/** Named in every release. */
export const ATTACK = 'linear-programmes-5';

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
  const [only] = variable as [CountedItem];
  const question = questionOf(variable);
  const noCells = { rows: new Set(rows), cells: new Set<number>() };
  const everybody = askedItem(band, { asked: question.counts.asked, askedBefore: question.askedBefore });
  const asked = routed ? { ...everybody, routed } : everybody;
  const ground = { ...band.ground, basesLeave: basesLeave(band.ground, asked, noCells, seededRandom(`${seed} asked`)) };
  if (only.scores) return safeScale(solver, { ...band, ground }, only, own, rows, seed);
  const audits: ItemAudit[] = [];
  const figures = new Map(variable.map(({ item }) => [item.id, emptyFigures(band, item)]));
  const settled = new SettledFigures(ground.plan.units.length);
  for (const attacked of attacksOn(variable, own, routed)) {
    const { item, places } = attacked;
    const before = { ...noCells, cells: settled.cellsIn(attacked) };
    const usual = makeItemSafe(solver, ground, item, seededRandom(`${seed} ${item.id}`), before);
    // Who was asked is told by the answers before, and more closely than by their sum.
    const known = groundOfKnownBases(ground, item);
    const safe = routed
      ? makeItemSafe(solver, known, item, seededRandom(`${seed} ${item.id} known`), usual.withheld)
      : usual;
    audits.push(safe.audit);
    settled.add(attacked, safe.withheld.cells);
    fill(figures, band, item, safe.figures, places);
  }
  return { figures: [...figures.values()], audits };
}

/** The attack is told exactly how many were asked in every group of children. */
function groundOfKnownBases(ground: Ground, item: ItemCounts): Ground {
  const asked = askedOf(item);
  const { basesLeave: _, ...rest } = ground;
  return { ...rest, plan: { ...ground.plan, basesAreKnown: true }, rollOf: ({ cells }) => sumOf(asked, cells) };
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
    if (item.settled?.includes(reading)) continue;
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

/** What earlier attacks on the same variable withheld, for later ones where the same figures stand. */
class SettledFigures {
  readonly #units: number;
  readonly #withheld = new Map<string, number[]>();

  constructor(units: number) {
    this.#units = units;
  }

  /** Cells of an attack that are withheld already. */
  cellsIn({ item, places }: AttackedItem): Set<number> {
    const settled = item.settled ?? [];
    return new Set(
      settled.flatMap((reading) =>
        (this.#withheld.get(JSON.stringify(places.get(reading))) ?? []).map((unit) => reading * this.#units + unit),
      ),
    );
  }

  add({ item, places }: AttackedItem, cells: ReadonlySet<number>): void {
    for (const [reading, place] of places) {
      if (item.settled?.includes(reading)) continue;
      const own = [...cells].filter((cell) => Math.floor(cell / this.#units) === reading);
      this.#withheld.set(
        JSON.stringify(place),
        own.map((cell) => cell % this.#units),
      );
    }
  }
}

const questionOf = (variable: readonly CountedItem[]) => variable.find(({ item }) => item.kind !== 'indicator')!;

/** Some of those asked, in at most one part each, as attacks part them. */
interface Part {
  name: string;
  counts: Int32Array;
  /** Undefined of what no table shows. */
  place?: TablePlace;
  /** Set where an earlier attack on the variable has made it safe. */
  settled?: true;
}

/**
 * A variable with one answer is attacked whole, with its indicators. One with several answers is attacked answer by
 * answer, each together with what rules it out: the ways to give no answer, and answers that stand alone.
 */
export function attacksOn(
  variable: readonly CountedItem[],
  own: (counts: Int32Array | undefined) => Int32Array,
  routed?: RoutedBases,
): AttackedItem[] {
  const question = questionOf(variable);
  const indicators = variable.filter((one) => one !== question);
  const { item, counts } = question;
  const asked: AskedBy = {
    asked: own(counts.asked),
    // Bases that are known say all that the route says.
    askedBefore: routed ? undefined : question.askedBefore && own(question.askedBefore),
    routed,
  };
  const states = ASKED_STATES.flatMap((state): Part[] => {
    const of = own(counts.states.get(state));
    // A way to give no answer that the question does not offer is no unknown: everybody knows that nobody took it.
    const mayBe = question.missing.includes(state) || of.some((count) => count > 0);
    return mayBe ? [{ name: state, counts: of, place: { item: item.id, state } }] : [];
  });
  const options = item.options.map((option): Part => ({
    name: option,
    counts: own(counts.options.get(option)),
    place: { item: item.id, option },
  }));
  if (item.several) return attacksOnSeveral(question, indicators, { asked, states, options }, own);
  const unions = indicators.map(({ item: { id }, anyOf = [] }) => ({
    id,
    categories: anyOf.map((code) => item.options.indexOf(code)).filter((index) => index >= 0),
  }));
  // Everybody asked is in one of these, and everybody knows that.
  const parts = item.kind === 'outcomes' ? options : [...options, ...states];
  const whole = partition(item.id, parts, asked, 'whole');
  const places = new Map(whole.places);
  unions.forEach(({ id }, index) => places.set(whole.item.counts.length + index, { item: id, option: 'yes' }));
  const where = {
    ...(item.kind === 'outcomes' && { inLargePlacesOnly: true as const }),
    ...(item.question === GENDER_QUESTION && { notBySex: true as const }),
  };
  return [{ item: { ...whole.item, unions, shown: [...places.keys()], ...where }, places }];
}

function attacksOnSeveral(
  { item, alone }: CountedItem,
  indicators: readonly CountedItem[],
  { asked, states, options }: { asked: AskedBy; states: readonly Part[]; options: readonly Part[] },
  own: (counts: Int32Array | undefined) => Int32Array,
): AttackedItem[] {
  const nothingElse = [...states, ...options.filter(({ name }) => alone.includes(name))];
  const besides = (anyOf: readonly string[]) =>
    nothingElse.flatMap((part): Part[] => (anyOf.includes(part.name) ? [] : [{ ...part, settled: true }]));
  const counted = indicators.map((one): Part & { anyOf: readonly string[] } => ({
    ...{ name: 'yes', counts: own(one.counts.options.get('yes')), place: { item: one.item.id, option: 'yes' } },
    anyOf: one.anyOf ?? [],
  }));
  return [
    partition(item.id, nothingElse, asked),
    ...counted.map(({ anyOf, ...yes }, index) =>
      partition(indicators[index]!.item.id, [yes, ...besides(anyOf)], asked),
    ),
    ...options
      .filter(({ name }) => !alone.includes(name))
      .map((option) => {
        const id = `${item.id} ${option.name}`;
        const indicator = counted.find(({ anyOf }) => anyOf.includes(option.name));
        if (!indicator) return partition(id, [option, ...besides([])], asked);
        const others = options.filter(({ name }) => name !== option.name && indicator.anyOf.includes(name));
        return partitionOfIndicator(id, option, indicator, besides(indicator.anyOf), { asked, others });
      }),
  ];
}

/** An answer and the others that an indicator counts with it: the indicator is their union. */
function partitionOfIndicator(
  id: string,
  option: Part,
  indicator: Part,
  besides: readonly Part[],
  { asked, others }: { asked: AskedBy; others: readonly Part[] },
): AttackedItem {
  const counts = indicator.counts.map((total, cell) => total - option.counts[cell]!);
  const { item, places } = partition(id, [option, { name: 'counted with it', counts }, ...besides], asked);
  const union = item.counts.length;
  return {
    item: {
      ...item,
      unions: [{ id: 'indicator', categories: [0, 1] }],
      shown: [...item.shown, union],
      settled: [...(item.settled ?? []), union],
      atMost: [{ category: 1, answers: others.map((other) => other.counts) }],
    },
    places: new Map([...places, [union, indicator.place!]]),
  };
}

/** Some categories that no person is in twice, and everybody else where they are not the whole. */
function partition(
  id: string,
  parts: readonly Part[],
  { asked, askedBefore, routed }: AskedBy,
  extent: 'whole' | 'some' = 'some',
): AttackedItem {
  const counts = parts.map((part) => part.counts);
  const rest = asked.map((total, cell) => total - counts.reduce((sum, of) => sum + of[cell]!, 0));
  const names = parts.map(({ name }) => name);
  const isAll = extent === 'whole' && rest.every((count) => count === 0);
  const places = new Map(parts.flatMap(({ place }, index) => (place ? [[index, place] as const] : [])));
  return {
    item: {
      id,
      categories: isAll ? names : [...names, 'everybody else'],
      counts: isAll ? counts : [...counts, rest],
      shown: [...places.keys()],
      settled: parts.flatMap(({ settled }, index) => (settled ? [index] : [])),
      askedBefore,
      ...(routed && { routed }),
    },
    places,
  };
}

interface AskedBy extends AskedCounts {
  routed: RoutedBases | undefined;
}

interface AttackedItem {
  item: ItemCounts;
  /** Which figure of a table each category and union is. */
  places: ReadonlyMap<number, TablePlace>;
}
