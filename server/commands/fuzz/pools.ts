import type { RegisteredRoute } from '../registered-routes.ts';
import { attribute } from '../loop/markup.ts';

/** Values that really stand in the addresses of a route, by the name of the part. */
export type Pools = ReadonlyMap<string, readonly string[]>;

/** What is known of each route: values for its parts, and whole addresses that pages lead to. */
export interface Known {
  pools: Pools;
  /** Paths with queries, by route (`GET /results/:release`). */
  targets: ReadonlyMap<string, readonly string[]>;
}

const MOST_VALUES = 12;
const MOST_TARGETS = 8;

/**
 * Reads the pages that each visitor's own first pages lead to, and notes every address of a link or form by its route.
 * @param visit a page as text; empty if there is none
 * @param most pages that are read for each visitor
 */
export async function readPools(
  routes: readonly RegisteredRoute[],
  visitors: readonly { first: string; visit: (path: string) => Promise<string> }[],
  most: number,
): Promise<Known> {
  const patterns = routes.map((route) => ({ key: `${route.method} ${route.url}`, ...patternOf(route) }));
  const pools = new Map<string, Set<string>>();
  const targets = new Map<string, Set<string>>();
  const note = (method: string, address: string) => {
    const path = address.split(/[?#]/)[0]!;
    const fits = patterns.find((one) => one.method === method && one.pattern.test(path));
    if (!fits) return;
    addUpTo(targets, fits.key, address.split('#')[0]!, MOST_TARGETS);
    fits.pattern
      .exec(path)!
      .slice(1)
      .forEach((value, index) => addUpTo(pools, fits.names[index]!, value, MOST_VALUES));
  };
  for (const { first, visit } of visitors) {
    const waiting = [first];
    const seen = new Set(waiting);
    for (let count = 0; count < most && waiting.length > 0; count += 1) {
      const { actions, hrefs } = addressesOf(await visit(waiting.shift()!));
      for (const { method, address } of actions) note(method, address);
      for (const href of hrefs) note('GET', href);
      const others = hrefs.filter((href) => LEADS_ON.test(href) && !seen.has(href));
      for (const href of others) seen.add(href);
      waiting.push(...others);
    }
  }
  return { pools: listed(pools), targets: listed(targets) };
}

/** What is read on: leaving and changing the language would change who asks. */
const LEADS_ON = /^\/(?!\/|public|respond\/leave|languages)/;

function addressesOf(html: string): { actions: { method: string; address: string }[]; hrefs: string[] } {
  const actions = [...html.matchAll(/<form\b([^>]*)>/g)].map(([, tag = '']) => ({
    method: attribute(tag, 'method')?.toUpperCase() ?? 'GET',
    address: attribute(tag, 'action') ?? '',
  }));
  const links = [...html.matchAll(/<(?:a|link)\b([^>]*)>/g)];
  return { actions, hrefs: links.map(([, tag = '']) => attribute(tag, 'href')?.split('#')[0] ?? '') };
}

function addUpTo(map: Map<string, Set<string>>, key: string, value: string, most: number): void {
  const values = map.get(key) ?? new Set();
  if (values.size < most) values.add(value);
  map.set(key, values);
}

function listed(map: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> {
  return new Map([...map].map(([key, values]) => [key, [...values]]));
}

function patternOf({ method, url }: RegisteredRoute): { method: string; pattern: RegExp; names: string[] } {
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const pattern = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)');
  return { method, pattern: new RegExp(`^${pattern}$`), names };
}

/** The address of a route with values in its parts. */
export function fill({ url }: Pick<RegisteredRoute, 'url'>, valueOf: (name: string) => string): string {
  return url.replace(/:(\w+)/g, (_, name: string) => valueOf(name)).replace('*', 'none');
}
