import { decode } from '../loop/markup.ts';

/** What came back for an address. */
export interface Answer {
  /** Where it led, after all redirects. */
  path: string;
  status: number;
  body: string;
}

export interface Crawl {
  pagesRead: number;
  filesRead: number;
  /** Pages and files that did not answer 200, or could not be read. */
  errors: string[];
}

/** How a page or a file is read. May throw: then it stands among the errors. */
export interface Reader {
  file(path: string, body: string): void;
  page(path: string, body: string): void;
}

const AT_ONCE = 8;
/** The results and all that lies beneath. */
const RESULTS = '/results';

export function isFile(path: string): boolean {
  return /^\/results\/[^/]+\/(files\/[^/?]+|items\/[^/]+\/file\.csv)(\?|$)/.test(path);
}

/** The files of a whole release come first, since pages are held against them. */
function isWholeFile(path: string): boolean {
  return /^\/results\/[^/]+\/files(\/|\?|$)/.test(path);
}

/**
 * Follows every link to results once, several at a time, from the first page of all. The language of a page is no part
 * of its address, so each is read in one language.
 * @param open asks for a path of the server
 * @param wants which of the results to read
 */
export async function crawl(
  open: (path: string) => Promise<Answer>,
  reader: Reader,
  wants: (path: string) => boolean = () => true,
  tell: (crawl: Crawl, waiting: number) => void = () => undefined,
): Promise<Crawl> {
  const seen = new Set([RESULTS]);
  const first: string[] = [];
  const others = [RESULTS];
  // Pages link to each other by the hundred: what was resolved once need not be again.
  const resolved = new Set<string>();
  const found: Crawl = { pagesRead: 0, filesRead: 0, errors: [] };
  let firstUnderWay = 0;

  async function take(path: string): Promise<void> {
    const isFirst = isWholeFile(path);
    firstUnderWay += isFirst ? 1 : 0;
    try {
      await read(path);
    } catch (error) {
      found.errors.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      firstUnderWay -= isFirst ? 1 : 0;
    }
    tell(found, first.length + others.length);
  }

  async function read(path: string): Promise<void> {
    const answer = await open(path);
    if (answer.status !== 200) throw new Error(`expected status 200, found ${answer.status}`);
    if (isFile(path)) {
      found.filesRead += 1;
      reader.file(path, answer.body);
      return;
    }
    found.pagesRead += 1;
    for (const link of resultLinks(answer.path, answer.body, resolved)) {
      if (seen.has(link) || !wants(link)) continue;
      seen.add(link);
      (isWholeFile(link) ? first : others).push(link);
    }
    reader.page(path, answer.body);
  }

  const underWay = new Set<Promise<void>>();
  for (;;) {
    const next = first.shift() ?? (firstUnderWay === 0 ? others.pop() : undefined);
    if (next !== undefined && underWay.size < AT_ONCE) {
      const taken: Promise<void> = take(next).finally(() => underWay.delete(taken));
      underWay.add(taken);
      if (underWay.size < AT_ONCE) continue;
    } else if (underWay.size === 0) return found;
    await Promise.race(underWay);
  }
}

/**
 * Addresses of results that a page links to, on the same host, each in one form whatever the order of its query.
 * @param resolved links from the root that need not be looked at again; new ones are added
 */
export function resultLinks(path: string, html: string, resolved = new Set<string>()): string[] {
  const here = new URL(path, HERE);
  const links: string[] = [];
  for (const [, written = ''] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
    if (resolved.has(written)) continue;
    // Only these mean the same on every page.
    if (written.startsWith('/')) resolved.add(written);
    const href = decode(written);
    if (!URL.canParse(href, here.href)) continue;
    const { origin, pathname, searchParams } = new URL(href, here.href);
    if (origin !== HERE || (pathname !== RESULTS && !pathname.startsWith(`${RESULTS}/`))) continue;
    searchParams.sort();
    links.push(searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`);
  }
  return links;
}

/** Stands for the server: a link to anywhere else names another origin. */
const HERE = 'http://here.invalid';
