import { crawl, type Answer, type Crawl } from './crawl.ts';
import { coverageOf, readHiddenPage, type ReleasedCells } from './coverage.ts';
import { readCsv, readJson } from './files.ts';
import { readPage } from './pages.ts';
import { Readings } from './readings.ts';

/** Everything that was read, by release. */
export interface Library {
  crawl: Crawl;
  releases: Readings[];
  /** Released cells that were read, of all that pages say are shown: see coverage.ts. */
  coverage: number;
}

/** What waits until the JSON file of its release is read. */
interface Shelf {
  readings: Readings | undefined;
  /** Whether the file was there and could not be read: then nothing waits for it. */
  isLost: boolean;
  waiting: ((readings: Readings) => void)[];
}

/**
 * Reads all pages and files of results.
 * @param release only this one; undefined for all
 */
export async function readAll(
  open: (path: string) => Promise<Answer>,
  release?: string,
  tell?: (crawl: Crawl, waiting: number) => void,
): Promise<Library> {
  const shelves = new Map<string, Shelf>();
  const cells: (ReleasedCells & { readings: Readings })[] = [];
  const shelfOf = (path: string): Shelf => {
    const id = releaseOf(path) ?? '';
    const shelf = shelves.get(id) ?? { readings: undefined, isLost: false, waiting: [] };
    shelves.set(id, shelf);
    return shelf;
  };
  const whenRead = (path: string, use: (readings: Readings) => void) => {
    const { readings, isLost, waiting } = shelfOf(path);
    if (readings) use(readings);
    else if (!isLost) waiting.push(use);
  };
  const found = await crawl(
    open,
    {
      file(path, body) {
        if (path.endsWith('/files/json')) return take(shelfOf(path), body);
        if (!isTable(path)) return;
        const rows = readCsv(body);
        whenRead(path, (readings) => readings.addFile(path, rows));
      },
      page(path, body) {
        if (path.endsWith('/hidden')) {
          whenRead(path, (readings) =>
            cells.push(...readHiddenPage(body, readings).map((own) => ({ readings, ...own }))),
          );
        } else if (/\/(items|reports)\//.test(path)) whenRead(path, (readings) => holdAgainst(path, body, readings));
      },
    },
    (path) => release === undefined || [undefined, release].includes(releaseOf(path)),
    tell,
  );
  const unread = [...shelves].filter(([, { readings, waiting }]) => !readings && waiting.length > 0);
  found.errors.push(...unread.map(([id]) => `The release ${id} has pages and no JSON file that could be read.`));
  return {
    crawl: found,
    releases: [...shelves.values()].flatMap(({ readings }) => readings ?? []),
    coverage: coverageOf(cells),
  };
}

/** @throws if it cannot be read */
function take(shelf: Shelf, json: string): void {
  const waiting = shelf.waiting.splice(0);
  shelf.isLost = true;
  const readings = new Readings(readJson(json));
  shelf.readings = readings;
  for (const use of waiting) use(readings);
}

/** What stands after /results/ where that is a release. */
function releaseOf(path: string): string | undefined {
  const id = /^\/results\/([^/?]+)/.exec(path)?.[1];
  return id === 'method' ? undefined : id;
}

/** Files of figures that are read; all others hold the same and are only fetched. */
function isTable(path: string): boolean {
  return /\/files\/(csv|groups)$|\/file\.csv(\?|$)/.test(path);
}

function holdAgainst(path: string, body: string, readings: Readings): void {
  const { figures, bases } = readPage(path, body, readings);
  for (const figure of figures) readings.check(path, figure);
  for (const { at, base } of bases) readings.checkBase(path, at, base);
}
