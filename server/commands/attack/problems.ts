import { AUTHORITY } from '../../core/disclosure/lattice.ts';
import {
  around,
  groundFrom,
  problemFrom,
  type OutsideGround,
  type OutsideProblem,
  type ReadNumber,
} from './knowledge.ts';
import { isState, type ReadItem } from './reading.ts';
import type { PageFact, Readings } from './readings.ts';

/*
 * What is read of a release as problems to attack: each question of each band with the indicators that read it. A
 * question with one answer is attacked whole; one with several for each answer, as each of them parts the children.
 */

/** What is counted: an answer to an item. */
interface Reading {
  item: string;
  answer: string;
}

/** A way to part all who were asked. */
interface Partition {
  id: string;
  item: ReadItem;
  parts: readonly Reading[];
  /** Whether there may be children in none of the parts. */
  hasRest: boolean;
  /** Indicators that count several parts as one. */
  unions: readonly { of: Reading; parts: readonly number[] }[];
}

const REST = 'everybody else';

/** All problems of a release, one after the other, since each is large. */
export function* problemsOf(readings: Readings): Generator<OutsideProblem> {
  const grounds = new Map<string, OutsideGround>();
  for (const band of readings.bands) {
    const items = readings.items.filter((item) => wordingOf(item, band));
    for (const question of items.filter(({ kind }) => kind !== 'indicator')) {
      const own = items.filter((item) => item.kind === 'indicator' && questionOf(item, items, band) === question);
      for (const partition of partitionsOf(readings, band, question, own))
        yield problemOf(readings, band, partition, grounds);
    }
    const alone = items.filter((item) => item.kind === 'indicator' && !questionOf(item, items, band));
    for (const item of alone)
      yield problemOf(readings, band, oneAnswer(item, { item: item.item, answer: 'yes' }), grounds);
  }
}

function wordingOf({ wordings }: ReadItem, band: string) {
  return wordings.find(({ bands }) => bands.includes(band));
}

/** The question that an indicator reads, by the words of both; undefined where they do not tell. */
function questionOf(indicator: ReadItem, items: readonly ReadItem[], band: string): ReadItem | undefined {
  const reads = wordingOf(indicator, band)?.reads;
  if (!reads) return undefined;
  const fits = items.filter((item) => {
    const wording = wordingOf(item, band)!;
    const words = wording.options.map((option) => option.words);
    return (
      item.kind !== 'indicator' &&
      wording.question === reads.question &&
      reads.counted.every((counted) => words.filter((own) => own === counted).length === 1)
    );
  });
  return fits.length === 1 ? fits[0] : undefined;
}

function partitionsOf(
  readings: Readings,
  band: string,
  question: ReadItem,
  indicators: readonly ReadItem[],
): Partition[] {
  const reading = (answer: string): Reading => ({ item: question.item, answer });
  const answers = readings.answers(band, question.item);
  if (question.several) {
    const states = answers.filter(isState).map(reading);
    return [
      { id: `${question.item} states`, item: question, parts: states, hasRest: true, unions: [] },
      ...answers.filter((answer) => !isState(answer)).map((answer) => oneAnswer(question, reading(answer))),
      ...indicators.map((one) => oneAnswer(question, { item: one.item, answer: 'yes' })),
    ];
  }
  const { options } = wordingOf(question, band)!;
  const unions = indicators.map((one) => ({
    of: { item: one.item, answer: 'yes' },
    parts: wordingOf(one, band)!.reads!.counted.map((words) =>
      answers.indexOf(options.find((option) => option.words === words)!.option),
    ),
  }));
  const parts = answers.map(reading);
  const hasRest = mayHaveRest(readings, band, parts);
  return [{ id: question.item, item: question, parts, hasRest, unions }];
}

function oneAnswer(item: ReadItem, part: Reading): Partition {
  return { id: `${part.item} ${part.answer}`, item, parts: [part], hasRest: true, unions: [] };
}

/** More than what rounding can leave of those asked of the whole authority, and more than what is hidden as small. */
const ROUNDED_OFF = 2;
const MOST_SMALL = 7;

/** Whether somebody outside would doubt that everybody who was asked is in one of the parts. */
function mayHaveRest(readings: Readings, band: string, parts: readonly Reading[]): boolean {
  const at = (reading: Reading) => ({ place: AUTHORITY, band, group: '', ...reading });
  const base = readings.base(at(parts[0]!));
  if (base === undefined) return true;
  const shown = parts.flatMap((part) => readings.figure(at(part)) ?? []);
  const left = base - shown.reduce((sum, { count }) => sum + count, 0);
  return left > ROUNDED_OFF * (shown.length + 1) + MOST_SMALL * (parts.length - shown.length);
}

function problemOf(
  readings: Readings,
  band: string,
  { id, item, parts, hasRest, unions }: Partition,
  grounds: Map<string, OutsideGround>,
): OutsideProblem {
  const known = new Set(readings.places.map(({ place }) => place));
  const units = readings.units(band, item.item).filter(({ place }) => known.has(place));
  const key = units.map(({ place, group }) => `${place}|${group}`).join();
  const ground = grounds.get(key) ?? groundFrom(readings.places, units);
  grounds.set(key, ground);
  const names = parts.map(({ item: of, answer }) => (of === item.item ? answer : of));
  const numbers = ground.units.flatMap((unit, index) => {
    const reach = ground.reachOf[index]!;
    if (reach === 0) return [];
    const at = { ...unit, band };
    // A base that a route leads to is the sum of the answers that lead there, each rounded.
    const answersBefore = wordingOf(item, band)?.askedOf?.answers.length ?? 1;
    const bound = baseBounds(readings, { ...at, item: item.item }, reach * answersBefore);
    const counted = [
      ...parts.map((reading, part) => ({ categories: [part], reading, isSum: reading.item !== item.item })),
      ...unions.map(({ of, parts: own }) => ({ categories: own, reading: of, isSum: true })),
    ];
    return [
      ...(bound ? [{ unit: index, categories: null, ...bound }] : []),
      ...counted.flatMap(({ categories, reading, isSum }): ReadNumber[] => {
        // An indicator may be the sum of two figures that are rounded each.
        const bounds = countBounds(readings, { ...at, ...reading }, isSum ? 2 * reach : reach);
        return bounds ? [{ unit: index, categories, ...bounds }] : [];
      }),
    ];
  });
  return problemFrom(
    ground,
    {
      id: `${band} ${id}`,
      names: hasRest ? [...names, REST] : names,
      unions: new Map(unions.map(({ of, parts: own }) => [of.item, own])),
    },
    numbers,
  );
}

type UnitOfItem = Parameters<Readings['base']>[0];

function baseBounds(readings: Readings, at: UnitOfItem, reach: number): PageFact | undefined {
  const onPage = readings.pageBase(at);
  if (onPage) return around(onPage.low, reach);
  const base = readings.base(at);
  if (base !== undefined) return around(base, reach);
  const rate = at.group === '' ? readings.rate(at.place, at.band) : undefined;
  // As many as are on the roll may be more that were cut to it.
  if (!rate || rate.responses >= rate.roll) return undefined;
  return { low: 0, high: rate.responses + reach };
}

function countBounds(readings: Readings, at: Parameters<Readings['figure']>[0], reach: number): PageFact | undefined {
  const onPage = readings.pageFact(at);
  if (onPage) {
    const [low, high] = [around(onPage.low, reach), around(onPage.high, reach)];
    return { low: low.low, high: high.high };
  }
  const figure = readings.figure(at);
  return figure ? around(figure.count, reach) : undefined;
}
