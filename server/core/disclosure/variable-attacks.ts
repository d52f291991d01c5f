import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import type { CountedItem } from './counted-items.ts';
import type { ItemCounts, RoutedBases } from './figures.ts';
import { GENDER_QUESTION } from './units.ts';

/*
 * How a variable and the indicators worked out from it are parted for attacks: which answers stand together, and which
 * figure of a table each of them is.
 */

/** A figure of a table: a count of an option or of a state. */
export type TablePlace = { item: string; option: string } | { item: string; state: AskedState };

/** Those asked something, by cell of the wave. */
export interface AskedCounts {
  asked: Int32Array;
  askedBefore: Int32Array | undefined;
}

/** What earlier attacks on the same variable withheld, for later ones where the same figures stand. */
export class SettledFigures {
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

/** The item of a variable that its indicators read. */
export const questionOf = (variable: readonly CountedItem[]) => variable.find(({ item }) => item.kind !== 'indicator')!;

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

export interface AttackedItem {
  item: ItemCounts;
  /** Which figure of a table each category and union is. */
  places: ReadonlyMap<number, TablePlace>;
}
