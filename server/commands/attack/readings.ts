import { LEAST_BASE, mayShowNumerator } from '../../core/disclosure/rules.ts';
import { AUTHORITY } from '../../core/disclosure/lattice.ts';
import { BASE_5, type ProtectedCount } from '../../core/disclosure/protection.ts';
import type { FactRow, ReadRelease } from './files.ts';
import {
  answerOf,
  isState,
  keyOf,
  unitKey,
  type Counted,
  type FactPlace,
  type ReadItem,
  type ReadPlace,
  type ReadRate,
  type ShownFigure,
} from './reading.ts';
import type { ReadUnit } from './knowledge.ts';

/** What a page gives away besides the files: between which numbers a count lies. */
export interface PageFact {
  low: number;
  high: number;
}

/** A figure as a page shows it. */
export interface PageFigure {
  at: FactPlace;
  /** Null where it is hidden. */
  shown: { share: number; base: number | null } | null;
}

/**
 * The facts of a release as far as they were read, put together from all its files and held against its pages. Whatever
 * does not fit is a contradiction, and what a page shows beyond the files is a fact besides.
 */
export class Readings {
  readonly release: string;
  readonly places: readonly ReadPlace[];
  readonly bands: readonly string[];
  readonly bandsByName: ReadonlyMap<string, string>;
  readonly items: readonly ReadItem[];
  readonly states: ReadonlyMap<string, string>;
  readonly contradictions: string[] = [];
  readonly #figures = new Map<string, ShownFigure | null>();
  readonly #bases = new Map<string, number>();
  readonly #rates = new Map<string, ReadRate>();
  readonly #pageFacts = new Map<string, PageFact>();
  readonly #units = new Map<string, Map<string, ReadUnit>>();
  readonly #answers = new Map<string, Set<string>>();
  readonly #shown = new Map<string, number>();
  /** Of a rest of the authority, the place that leaves it. */
  readonly #partOf: ReadonlyMap<string, string>;
  readonly #rests = new Set<string>();
  readonly #means = new Map<string, number>();
  readonly #said = new Set<string>();

  constructor({ id, places, bands, bandsByName, items, states, facts }: ReadRelease) {
    this.release = id;
    this.places = places;
    this.#partOf = new Map(places.flatMap(({ place, kind, of }) => (kind === 'rest' && of ? [[place, of]] : [])));
    this.bands = bands;
    this.bandsByName = bandsByName;
    this.items = items;
    this.states = states;
    this.addFile('the JSON file', facts);
  }

  /** Adds the rows of a file. */
  addFile(source: string, rows: readonly FactRow[]): void {
    for (const row of rows) this.#add(source, row);
  }

  /** Holds a figure of a page against the files. */
  check(page: string, { at, shown }: PageFigure): void {
    const key = keyOf(at);
    const of = this.#partOf.get(at.place);
    const own = of === undefined ? this.figure(at) : this.#left(at, of);
    if (!shown) {
      // A difference that everybody can work out may be hidden all the same.
      if (own && of === undefined) this.#contradict(`${page} hides ${key}, which the files show`);
      return;
    }
    const { share, base } = shown;
    if (own?.share === share && (base ?? own.base) === own.base) {
      if (of !== undefined) this.#readRest(at);
      return;
    }
    const inFiles = own ? `the files ${own.share}% of ${own.base}` : 'the files hide it';
    this.#contradict(`${page} shows ${key} as ${share}% of ${base ?? 'an unsaid number'}, ${inFiles}`);
    this.#learn(at, share, base);
  }

  /** What a place leaves of the authority, as far as the files show both. */
  #left(at: FactPlace, part: string): ShownFigure | null {
    const whole = this.figure({ ...at, place: AUTHORITY });
    const own = this.figure({ ...at, place: part });
    if (!whole || !own || whole.base <= own.base) return null;
    const count = Math.max(0, whole.count - own.count);
    const base = whole.base - own.base;
    return { count, base, share: Math.round((count * 100) / base) };
  }

  #readRest(at: FactPlace): void {
    const key = keyOf(at);
    if (this.#rests.has(key)) return;
    this.#rests.add(key);
    this.#countShown(at, 'rests');
  }

  /** What a page shows beyond the files. */
  #learn(at: FactPlace, share: number, base: number | null): void {
    const known = this.base(at);
    const of = base ?? known;
    if (of === undefined) return;
    this.#addUnit(at);
    if (of !== known) this.#pageFacts.set(baseKey(at), { low: of, high: of });
    this.#pageFacts.set(keyOf(at), countBehind(share, of));
  }

  /** Holds the number of those asked, as a page says it, against the files. */
  checkBase(page: string, at: FactPlace, base: number): void {
    const own = this.base(at);
    if (own === base) return;
    const isNew = own === undefined && BASE_5.protect(base, 0) === base;
    // A table may be shown none of whose answers is: then the files have no number of those asked.
    if (!isNew)
      this.#contradict(`${page} says that ${base} were asked of ${baseKey(at)}, the files ${own ?? 'nothing'}`);
    this.#addUnit(at);
    this.#pageFacts.set(baseKey(at), { low: base, high: base });
  }

  figure(at: FactPlace): ShownFigure | null {
    return this.#figures.get(keyOf(at)) ?? null;
  }
  base(at: Omit<FactPlace, 'answer'>): number | undefined {
    return this.#bases.get(baseKey(at));
  }
  pageFact(at: FactPlace): PageFact | undefined {
    return this.#pageFacts.get(keyOf(at));
  }
  pageBase(at: Omit<FactPlace, 'answer'>): PageFact | undefined {
    return this.#pageFacts.get(baseKey(at));
  }
  rate(place: string, band: string): ReadRate | undefined {
    return this.#rates.get(unitKey(place, band, ''));
  }
  /** Places and groups that an item has rows for, shown or hidden. */
  units(band: string, item: string): ReadUnit[] {
    return [...(this.#units.get(`${band}|${item}`)?.values() ?? [])];
  }
  answers(band: string, item: string): string[] {
    return [...(this.#answers.get(`${band}|${item}`) ?? [])];
  }
  /** Groups of a place that an item has rows for, in their order. */
  groups(place: string, band: string, item: string): string[] {
    return this.units(band, item).flatMap((unit) => (unit.place === place && unit.group !== '' ? [unit.group] : []));
  }
  /** Shown figures of answers at a place, ways to give none left out: as released cells are counted. */
  shownAt(place: string, band: string, counted: Counted): number {
    return this.#shown.get(unitKey(place, band, counted)) ?? 0;
  }

  #add(source: string, row: FactRow): void {
    const at: FactPlace = { ...row, answer: answerOf(row.state, row.option) };
    const key = keyOf(at);
    this.#addUnit(at);
    this.#addRate(row);
    const { count, base, share } = row;
    const figure = count === null || base === null || share === null ? null : { count, base, share };
    const before = this.#figures.get(key);
    if (before !== undefined && !isSame(before, figure)) {
      this.#contradict(`${source} shows ${key} as ${inWords(figure)}, another file as ${inWords(before)}`);
    }
    if (row.mean !== null) this.#addMean(source, at, row.mean);
    if (before) return;
    this.#figures.set(key, figure);
    if (figure) this.#addShown(source, at, figure);
  }

  /** A mean is read and counted; which sums of points it leaves is left to the attack inside the release job. */
  #addMean(source: string, at: FactPlace, mean: number): void {
    const key = keyOf(at);
    const before = this.#means.get(key);
    if (before === undefined) this.#countShown(at, at.group === '' ? 'everybody' : 'groups');
    else if (before !== mean)
      this.#contradict(`${source} shows ${key} as a mean of ${mean}, another file as ${before}`);
    this.#means.set(key, mean);
  }

  #addShown(source: string, at: FactPlace, figure: ShownFigure): void {
    const impossible = whatIsWrong(figure);
    if (impossible) this.#contradict(`${source} shows ${keyOf(at)} as ${inWords(figure)}: ${impossible}`);
    const base = this.base(at);
    if (base !== undefined && base !== figure.base)
      this.#contradict(`${source} says of ${baseKey(at)} that ${figure.base} were asked, and ${base}`);
    this.#bases.set(baseKey(at), figure.base);
    if (!isState(at.answer)) this.#countShown(at, at.group === '' ? 'everybody' : 'groups');
  }

  #countShown({ place, band }: FactPlace, counted: Counted): void {
    const key = unitKey(place, band, counted);
    this.#shown.set(key, (this.#shown.get(key) ?? 0) + 1);
  }

  #addUnit({ place, band, group, item, answer }: FactPlace): void {
    const key = `${band}|${item}`;
    const units = this.#units.get(key) ?? new Map<string, ReadUnit>();
    this.#units.set(key, units);
    if (!units.has(`${place}|${group}`)) units.set(`${place}|${group}`, { place, group });
    this.#answers.set(key, (this.#answers.get(key) ?? new Set()).add(answer));
  }

  #addRate({ place, band, group, responses, roll }: FactRow): void {
    if (group === '' && responses !== null && roll !== null)
      this.#rates.set(unitKey(place, band, ''), { responses, roll });
  }

  #contradict(what: string): void {
    if (this.#said.has(what)) return;
    this.#said.add(what);
    this.contradictions.push(what);
  }
}

function baseKey({ place, band, group, item }: Omit<FactPlace, 'answer'>): string {
  return [place, band, group, item].join('|');
}

function isSame(one: ShownFigure | null, other: ShownFigure | null): boolean {
  return one?.count === other?.count && one?.base === other?.base && one?.share === other?.share;
}

function inWords(figure: ShownFigure | null): string {
  return figure ? `${figure.count} of ${figure.base}, ${figure.share}%` : 'hidden';
}

/** Why no table of children, protected and held to the rules, could give a figure; undefined where one could. */
function whatIsWrong({ count, base, share }: ShownFigure): string | undefined {
  if ([count, base].some((value) => BASE_5.protect(value, 0) !== value)) return 'it is not rounded';
  if (base < LEAST_BASE) return 'too few were asked for it to be shown';
  if (!mayShowNumerator(count as ProtectedCount, base as ProtectedCount)) return 'it is too small, or what it leaves';
  return Math.round((count * 100) / base) === share ? undefined : 'its share is another';
}

/**
 * Which counts a printed share can come from: where rounded counts give it these, else the share was made of a count
 * that was not rounded.
 */
export function countBehind(share: number, base: number): PageFact {
  const digits = String(share).split('.')[1]?.length ?? 0;
  const half = 0.5 / 10 ** digits;
  const low = Math.ceil(((share - half) * base) / 100);
  const high = Math.floor(((share + half) * base) / 100);
  const counts = Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
  const isRounded = BASE_5.protect(base, 0) === base;
  const possible = counts.filter((count) => isRounded && BASE_5.protect(count, 0) === count);
  const [first, last] =
    possible.length > 0 ? [possible[0]!, possible.at(-1)!] : [Math.min(low, high), Math.max(low, high)];
  return { low: first, high: last };
}
