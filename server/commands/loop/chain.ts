import type { Browser } from './browser.ts';
import { linksOf } from './markup.ts';
import type { PublishedReply } from './reply.ts';

/* The chain from the question to the reply, walked over the links of the pages. */

/** A piece of the chain and the address that its page has. */
const PIECES = [
  ['question', /^\/studio\/versions\/[\w-]+#/],
  ['result', /^\/results\/[\w-]+\/items\/[\w-]+/],
  ['finding', /^\/replies\/findings\/[\w-]{22}$/],
  ['action', /^\/replies\/findings\/[\w-]{22}#action-/],
  ['reply', /^\/replies\/replies\/[\w-]{22}$/],
  ['public page', /^\/replies\/[\w-]+\/[\w-]{22}$/],
] as const;

/**
 * Goes from the planners' page of the reply back to the question, and forth to the public page, by nothing but links.
 * @returns the neighbours of the chain that lead to each other, both ways: "finding – action"
 */
export async function walkChain(planner: Browser, { deskHref, href }: PublishedReply): Promise<string[]> {
  const places = await gather(planner, [deskHref, href]);
  const walked: string[] = [];
  for (const [index, [piece]] of PIECES.entries()) {
    const next = PIECES[index + 1]?.[0];
    if (next && (await leads(planner, places, piece, next)) && (await leads(planner, places, next, piece)))
      walked.push(`${piece} – ${next}`);
  }
  return walked;
}

/** The address of each piece, found by following links from those that are known. */
async function gather(planner: Browser, known: readonly string[]): Promise<Map<string, string>> {
  const places = new Map<string, string>();
  const waiting = [...known];
  const seen = new Set<string>();
  for (let here = waiting.shift(); here !== undefined; here = waiting.shift()) {
    const piece = pieceOf(here);
    if (piece === undefined || places.has(piece) || seen.has(here)) continue;
    seen.add(here);
    const { status, body } = await planner.open(here);
    if (status !== 200) continue;
    places.set(piece, here);
    waiting.push(...linksOf(body).map((link) => link.href));
  }
  return places;
}

/** Whether the page of one piece has a link to the page of another, and that opens; or both stand on one page. */
async function leads(
  planner: Browser,
  places: ReadonlyMap<string, string>,
  from: string,
  to: string,
): Promise<boolean> {
  const [start, end] = [places.get(from), places.get(to)];
  if (start === undefined || end === undefined) return false;
  const { status, body } = await planner.open(start);
  if (status !== 200) return false;
  const [target, anchor] = end.split('#');
  if (start.split('#')[0] === target) return anchor === undefined || body.includes(`id="${anchor}"`);
  return linksOf(body).some(({ href }) => href === end) && (await planner.open(end)).status === 200;
}

function pieceOf(href: string): string | undefined {
  return PIECES.find(([, address]) => address.test(href))?.[0];
}
