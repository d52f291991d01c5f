import type { Page } from '@playwright/test';

/** What planners alone reach below /replies; everything else there is public. */
export const OF_PLANNERS = ['findings', 'actions', 'suggestions', 'plan', 'dashboard', 'engagement', 'annual'];

/** A page to look at: where it is, and a name for its picture. */
export interface Stop {
  name: string;
  url: string;
}

/** Links that are no pages of ours to look at: other languages, ways out, files. */
const PASSED_OVER =
  /^\/(languages|respond\/leave|public)|\.(csv|xlsx)|\/spreadsheet$|\/feed$|\/files\/|^\/respond\/(next|pages|check|stop|assent)/;

/**
 * Finds every kind of page that a person can reach by links, one of each: addresses that differ only in
 * an id, an item or the values of their query count as the same kind. Each is looked at while it is open.
 * @param passedOver links that are not followed, besides those to what is no page of ours
 */
export async function tour(
  page: Page,
  starts: readonly string[],
  look: (stop: Stop) => Promise<void> = async () => undefined,
  passedOver?: RegExp,
): Promise<Stop[]> {
  const waiting = [...starts];
  const seen = new Map<string, Stop>();
  while (waiting.length > 0) {
    const url = waiting.shift()!;
    const name = kindOfPage(url);
    if (seen.has(name)) continue;
    await page.goto(url);
    seen.set(name, { name, url });
    await look({ name, url });
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
    waiting.push(
      ...links.filter((link) => !PASSED_OVER.test(link) && !passedOver?.test(link) && !seen.has(kindOfPage(link))),
    );
  }
  return [...seen.values()];
}

function kindOfPage(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://here');
  const parts = pathname.split('/').filter(Boolean);
  const named = parts.map((part, index) => {
    const before = parts[index - 1];
    if (/^[\w-]{20,}$/.test(part)) return 'one';
    return before === 'items' ||
      before === 'clusters' ||
      before === 'reports' ||
      before === 'sections' ||
      before === 'links' ||
      (before === 'replies' && !OF_PLANNERS.includes(part))
      ? 'one'
      : part;
  });
  // For whom a report is written makes it another kind.
  const audience = searchParams.get('for');
  const keys = [...new Set(searchParams.keys()), ...(audience === null ? [] : [audience])].toSorted();
  return [...named, ...keys].join('-') || 'front';
}
