import type { Browser } from './browser.ts';
import { attribute, markOf } from './markup.ts';
import type { PublishedReply } from './reply.ts';
import type { Town } from './town.ts';
import { demand, the } from './trouble.ts';

/* What children think of the reply, as everybody reads it beside the reply. */

/** Before anybody asked, the public page says so. */
export async function seeNotAsked(town: Town, { href }: PublishedReply): Promise<void> {
  const anybody = town.browser();
  await anybody.visit(href);
  demand(markOf(anybody.page.body, 'data-answered-back') === 'not-asked', 'nobody to be asked yet', 'somebody was');
}

/**
 * Reads the children's answers on the public page of the reply.
 * @param waveId the wave that asked
 * @returns the first share that the page says of it, in whole per cent
 */
export async function readAnswers(town: Town, { href }: PublishedReply, waveId: string): Promise<number> {
  const anybody = town.browser();
  await anybody.visit(href);
  const { body } = anybody.page;
  const section = body.slice(body.indexOf('id="answered-back"'));
  demand(section.includes(`data-asked-wave="${waveId}"`), `the wave ${waveId} on ${href}`, 'another one, or none');
  const tag = /<b\b[^>]*data-share="[^>]*>/.exec(section)?.[0];
  const share = Number(attribute(the(tag, `a share of the children's answers on ${href}`), 'data-share'));
  demand(Number.isInteger(share) && share > 0 && share <= 100, 'a share in whole per cent', share);
  return share;
}

/** The release of a wave about a reply, from the desk of the reply. @returns its address in the results */
export async function findAnswers(planner: Browser, { deskHref }: PublishedReply, releaseId: string): Promise<string> {
  await planner.visit(deskHref);
  return planner.link(`/results/${releaseId}`).href;
}
