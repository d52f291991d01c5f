import { attribute, linksOf, wordsOf } from '../loop/markup.ts';
import { answerOf, type FactPlace, type ReadItem } from './reading.ts';
import { groupFigures } from './group-pages.ts';
import type { PageFigure, Readings } from './readings.ts';
import { numberIn, percentIn, plain, shownIn, tableOf, tableRows, type TableRow } from './tables.ts';

/* Reads figures off the pages of a release: the shares and answers of an item, a funnel, and reports of places. */

interface Chosen {
  band: string;
  option: string;
  place: string | undefined;
}

/** What the table of answers says besides: how many were asked. */
export interface PageBase {
  at: FactPlace;
  base: number;
}

export interface PageReading {
  figures: PageFigure[];
  bases: PageBase[];
}

const NOTHING: PageReading = { figures: [], bases: [] };

/**
 * @param path the page's own address
 * @throws if it has a table of shares that cannot be told from others
 */
export function readPage(path: string, html: string, readings: Readings): PageReading {
  const [, node] = /^\/results\/[^/]+\/reports\/([^/?]+)/.exec(path) ?? [];
  if (node !== undefined) return { figures: reportFigures(html, readings, decodeURIComponent(node)), bases: [] };
  const [, item, view] = /^\/results\/[^/]+\/items\/([^/?]+)(\/funnel|\/groups)?(?:\?|$)/.exec(path) ?? [];
  if (item === undefined) return NOTHING;
  const id = decodeURIComponent(item);
  if (view === '/groups') return { figures: groupFigures(path, html, readings, id), bases: [] };
  const of = readings.items.find((candidate) => candidate.item === id);
  const chosen = chosenOn(html);
  if (!of || !chosen) return NOTHING;
  if (view) return { figures: funnelFigures(html, readings, id, chosen), bases: [] };
  const answers = answersOn(html, readings, of, chosen);
  return { figures: [...shareFigures(html, readings, of, chosen), ...answers.figures], bases: answers.bases };
}

/** Every chip says all that is chosen; one that is current says it of this page. */
function chosenOn(html: string): Chosen | undefined {
  const tags = html.matchAll(/<a\b([^>]*\saria-current="true"[^>]*)>/g);
  const current = Array.from(tags, ([, tag = '']) => new URLSearchParams(attribute(tag, 'href')?.split('?')[1] ?? ''));
  const chip = current.find((values) => values.has('band') && values.has('option'));
  if (!chip) return undefined;
  return { band: chip.get('band')!, option: chip.get('option')!, place: chip.get('place') ?? undefined };
}

/** A row for each place that the item can have figures at, in the order of the release. */
function shareFigures(html: string, readings: Readings, { item }: ReadItem, chosen: Chosen): PageFigure[] {
  const { band, option } = chosen;
  const rows = tableRows(tableOf(html, 'shares'));
  const places = placesOfRows(rows, readings, chosen.place);
  return rows.flatMap(({ tag, cells }, index): PageFigure[] => {
    const place = places[index];
    if (place === undefined) return [];
    return [{ at: { place, band, group: '', item, answer: option }, shown: shownIn(tag, cells, 2) }];
  });
}

/** Kinds of places that have rows; the others serve to compare, and bear the names of these. */
const WITH_ROWS = ['locality', 'cluster', 'special'];

/**
 * The place of each row; the second may be what the place looked at leaves of the authority.
 * @throws if a row stands for no place, or for more than one
 */
function placesOfRows(
  rows: readonly TableRow[],
  { places }: Readings,
  chosen: string | undefined,
): (string | undefined)[] {
  const named = places
    .filter(({ kind }) => WITH_ROWS.includes(kind))
    .map((place) => ({ ...place, name: bare(place.name) }));
  const isRest = (index: number) =>
    index === 1 && chosen !== undefined && !named.some((place) => place.name === bare(rows[index]!.name));
  return rows.map(({ name }, index) => {
    if (index === 0) return 'authority';
    if (isRest(index)) return places.find(({ kind, of }) => kind === 'rest' && of === chosen)?.place;
    const found = named.filter((place) => bare(name) === place.name);
    if (found.length !== 1) {
      throw new Error(
        `The row "${name}" of a table of shares: expected one place of this name, found ${found.length}.`,
      );
    }
    return found[0]!.place;
  });
}

/** A name without the marks that keep its writing direction apart. */
function bare(name: string): string {
  return plain(name)
    .replace(/[\u2066-\u2069]/g, '')
    .trim();
}

/** All answers of the place that the page speaks of; of an indicator those of the question that it reads. */
function answersOn(html: string, readings: Readings, of: ReadItem, chosen: Chosen): PageReading {
  const table = [...html.matchAll(/<table>[\s\S]*?<\/table>/g)].at(-1)?.[0];
  const item = of.kind === 'indicator' ? questionOn(html, readings) : of;
  const words = item && answersByWords(item, readings, chosen.band);
  if (!table || !item || !words) return NOTHING;
  const at = { place: chosen.place ?? 'authority', band: chosen.band, group: '', item: item.item };
  const figures = tableRows(table).flatMap(({ name, cells }): PageFigure[] => {
    const answer = words.get(plain(name));
    if (answer === undefined) return [];
    const share = percentIn(cells[0] ?? '');
    return [{ at: { ...at, answer }, shown: share === undefined ? null : { share, base: null } }];
  });
  const base = numberIn(wordsOf(/<caption>([\s\S]*?)<\/caption>/.exec(table)?.[1] ?? ''));
  return { figures, bases: base === null ? [] : [{ at: { ...at, answer: '' }, base }] };
}

/** The question that an indicator links to as its own. */
function questionOn(html: string, { items }: Readings): ReadItem | undefined {
  const hrefs = linksOf(html).map(({ href }) => /^\/results\/[^/]+\/items\/([^/?]+)$/.exec(href)?.[1]);
  const ids = new Set(hrefs.flatMap((href) => (href === undefined ? [] : [decodeURIComponent(href)])));
  return items.find(({ item, kind }) => kind === 'question' && ids.has(item));
}

/** Answers by their words; two that share words cannot be told apart and stay out. */
function answersByWords({ wordings }: ReadItem, { states }: Readings, band: string): Map<string, string> {
  const options = wordings.find(({ bands }) => bands.includes(band))?.options ?? [];
  const named = [
    ...options.map(({ option, words }) => [plain(words), option] as const),
    ...[...states].flatMap(([state, words]) =>
      state === 'answered' ? [] : [[plain(words), answerOf(state, '')] as const],
    ),
  ];
  const twice = new Set(named.map(([words]) => words).filter((words, index, all) => all.indexOf(words) !== index));
  return new Map(named.filter(([words]) => !twice.has(words)));
}

/** Places beside each other; a single school never stands there, and what is hidden is told by other pages. */
function funnelFigures(html: string, readings: Readings, item: string, { band, option }: Chosen): PageFigure[] {
  const rows = tableRows(tableOf(html, 'funnel')).filter(({ tag }) => attribute(tag, 'data-share') !== undefined);
  const clusters = readings.places.filter(({ kind }) => kind === 'cluster' || kind === 'once');
  return rows.flatMap(({ name, tag, cells }): PageFigure[] => {
    const shown = shownIn(tag, cells, 1);
    const own = clusters.filter((place) => plain(place.name) === plain(name));
    const ats = own.map(({ place }) => ({ place, band, group: '', item, answer: option }));
    // A cluster and the same with every school once have one name: whichever fits is meant.
    const fits = (one: FactPlace) => {
      const own = readings.figure(one);
      return own !== null && own.share === shown?.share && own.base === (shown.base ?? own.base);
    };
    const at = ats.find(fits) ?? ats[0];
    return at ? [{ at, shown }] : [];
  });
}

/** A table for each indicator at a place, with a row for each band; two indicators of one name cannot be told apart. */
function reportFigures(html: string, readings: Readings, place: string): PageFigure[] {
  const tables = html.matchAll(
    /<h3\b[^>]*>([^<]*)<\/h3>(?:(?!<h3\b)[\s\S])*?(<table class="shares">[\s\S]*?<\/table>)/g,
  );
  return [...tables].flatMap(([, heading = '', table = '']) =>
    tableRows(table).flatMap(({ name, tag, cells }): PageFigure[] => {
      const band = readings.bandsByName.get(plain(name));
      const named = readings.items.filter(({ kind, wordings }) => {
        const own = wordings.find(({ bands }) => band !== undefined && bands.includes(band));
        return kind === 'indicator' && own !== undefined && plain(own.question) === plain(wordsOf(heading));
      });
      if (band === undefined || named.length !== 1) return [];
      const at = { place, band, group: '', item: named[0]!.item, answer: 'yes' };
      return [{ at, shown: shownIn(tag, cells, 2) }];
    }),
  );
}
