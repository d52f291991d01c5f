import type { Browser } from './browser.ts';
import { linksOf } from './markup.ts';

/* The chain from the idea to children's answer, walked over the links of the pages. */

/** The stations that the loop comes through, in their order. */
export const CHAIN = ['idea', 'question', 'result', 'finding', 'action', 'reply', 'children’s answer'] as const;
type Piece = (typeof CHAIN)[number];

/** The pages that each station has; an address may name a place on its page. */
export type Places = Readonly<Record<Piece, readonly string[]>>;

/**
 * Goes over each link of the chain in both directions: from a page of the one station by a link that stands there to a page
 * of the other, which opens.
 * @param walkers who opens both ends of a link, by the station that it begins with
 * @returns the neighbours of the chain that lead to each other: "finding – action"
 */
export async function walkChain(
  walkers: Readonly<Record<Exclude<Piece, 'children’s answer'>, Browser>>,
  places: Places,
): Promise<string[]> {
  const walked: string[] = [];
  for (const [index, piece] of CHAIN.entries()) {
    const next = CHAIN[index + 1];
    if (next === undefined || piece === 'children’s answer') break;
    const walker = walkers[piece];
    const forth = await leads(walker, places[piece], places[next]);
    if (forth && (await leads(walker, places[next], places[piece]))) walked.push(`${piece} – ${next}`);
  }
  return walked;
}

/** Whether a page of one station has a link to a page of another that opens; or both stand on one page. */
async function leads(walker: Browser, from: readonly string[], to: readonly string[]): Promise<boolean> {
  for (const start of from) {
    const { status, body } = await walker.open(start);
    if (status !== 200) continue;
    for (const end of to) if (await leadsOn(walker, { start, body }, end)) return true;
  }
  return false;
}

async function leadsOn(walker: Browser, { start, body }: { start: string; body: string }, end: string) {
  const [here] = start.split('#');
  const [page, anchor] = end.split('#');
  if (here === page) return anchor === undefined || body.includes(`id="${anchor}"`);
  const link = linksOf(body).find(({ href }) => withoutChoices(href) === end);
  if (!link) return false;
  const arrived = await walker.open(link.href);
  return arrived.status === 200 && (anchor === undefined || arrived.body.includes(`id="${anchor}"`));
}

/** An address without what it chooses to show of its page. */
function withoutChoices(href: string): string {
  const [address = '', anchor] = href.split('#');
  const page = address.split('?')[0] ?? '';
  return anchor === undefined ? page : `${page}#${anchor}`;
}
