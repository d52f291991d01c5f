import { parse } from 'csv-parse/sync';
import type { ReadItem, ReadPlace } from './reading.ts';

/* Reads the files of a release as programs of other people would, without the code that wrote them. */

/** A row of a table of facts; what is empty is hidden. */
export interface FactRow {
  place: string;
  band: string;
  group: string;
  item: string;
  state: string;
  option: string;
  count: number | null;
  base: number | null;
  share: number | null;
  /** The mean of a scale, of those with a score. */
  mean: number | null;
  /** How many answered anything, and how many are on the roll; null where it is not said. */
  responses: number | null;
  roll: number | null;
}

export interface ReadRelease {
  id: string;
  bands: string[];
  /** Bands by their names, as pages write them. */
  bandsByName: ReadonlyMap<string, string>;
  places: ReadPlace[];
  items: ReadItem[];
  /** Words of the ways to give no answer, by state. */
  states: ReadonlyMap<string, string>;
  facts: FactRow[];
}

interface JsonRelease {
  release: { id: string };
  places: (Omit<ReadPlace, 'schools' | 'of'> & { schools?: string[]; of?: string | null })[];
  bands: { band: string; name?: string }[];
  items: ReadItem[];
  states: { state: string; words: string }[];
  facts: Record<string, string | number | null>[];
}

/** @throws if the file does not say which schools lie in a place: without them nothing can be attacked */
export function readJson(text: string): ReadRelease {
  const { release, places, bands, items, states, facts } = JSON.parse(text) as JsonRelease;
  return {
    id: release.id,
    bands: bands.map(({ band }) => band),
    bandsByName: new Map(bands.map(({ band, name }) => [name ?? band, band])),
    places: places.map(({ place, kind, name, schools, of }) => {
      if (!schools) {
        throw new Error(
          `The place ${place} of the JSON file has no schools: expected their codes. Read a release of this version.`,
        );
      }
      return { place, kind, name, schools, ...(of ? { of } : {}) };
    }),
    items,
    states: new Map(states.map(({ state, words }) => [state, words])),
    facts: facts.map((row) => factRow((name) => row[name] ?? null)),
  };
}

/** The rows of a CSV of facts, of everybody or with a column for groups. */
export function readCsv(text: string): FactRow[] {
  return recordsOf(text).map((row) => factRow((name) => row(name) || null));
}

/** Rows by the names of the head. Files of groups are long and quote nothing: such a text is cut at its commas. */
function recordsOf(text: string): ((name: string) => string | undefined)[] {
  if (text.includes('"')) {
    const rows = parse<Record<string, string>>(text, { bom: true, columns: true, record_delimiter: ['\r\n', '\n'] });
    return rows.map((row) => (name) => row[name]);
  }
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const columns = new Map(head.split(',').map((name, column) => [name, column]));
  return lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== columns.size) {
      throw new Error(`A row of a CSV has ${cells.length} cells: expected ${columns.size}, as its head has. ${line}`);
    }
    return (name) => {
      const column = columns.get(name);
      return column === undefined ? undefined : cells[column];
    };
  });
}

function factRow(at: (name: string) => string | number | null): FactRow {
  const text = (name: string) => String(at(name) ?? '');
  const number = (name: string) => {
    const value = at(name);
    return value === null ? null : Number(value);
  };
  return {
    place: text('place'),
    band: text('band'),
    group: text('group'),
    item: text('item'),
    state: text('state'),
    option: text('option'),
    count: number('count'),
    base: number('base'),
    share: number('share_percent'),
    mean: number('mean_score'),
    responses: number('responses'),
    roll: number('on_roll'),
  };
}
