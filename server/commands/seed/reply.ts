import { releasedFigure, type FindingPlace } from '../../core/loop/finding.ts';
import type { Decision } from '../../core/loop/reply.ts';
import { createActions } from '../../storage/actions.ts';
import { createFindings } from '../../storage/findings.ts';
import { createReleases } from '../../storage/releases.ts';
import { createReplies } from '../../storage/replies.ts';
import { createReplyAddresses } from '../../storage/reply-addresses.ts';
import { createReplyChecks } from '../../storage/reply-checks.ts';
import { createReplyUpdates } from '../../storage/reply-updates.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from './days.ts';
import { LATEST } from './past-waves.ts';
import seeded from './reply.json' with { type: 'json' };

/*
 * One reply of the demonstration from its finding to the first news after it: written some weeks after the release, read
 * by the forum, and kept up, so that whoever tries it sees all four promises.
 */

/** Days after the end of the wave on which each step was taken. */
const DAYS_AFTER = { finding: 20, action: 30, words: 40, check: 43, publication: 45, nextUpdateOn: 120, update: 110 };
/** Days from now. */
const DAYS_AHEAD = { action: 60, reply: 30, nextUpdate: 45 };

interface Answering {
  authorityId: string;
  /** The release that is answered, of the latest wave. */
  releaseId: string;
  planner: string;
  /** Accounts of the members of the forum. */
  members: readonly string[];
}

/** Answers the cluster in which the fewest younger pupils feel safe. */
export async function addReply(
  services: Services,
  { authorityId, releaseId, planner, members }: Answering,
): Promise<{ findingId: string; replyId: string }> {
  const { database, clock } = services;
  const { whyItMatters, task, lead, owner, texts, update } = seeded;
  const place = await leastSafe(services, releaseId);
  const findings = createFindings(database);
  const finding = { authorityId, releaseId, place, whyItMatters };
  const findingId = await findings.make(finding, planner, timeAfter('finding'));
  const action = { task, lead, dueOn: daysFrom(clock(), DAYS_AHEAD.action) };
  const actionId = await createActions(database).make(findingId, action, planner, timeAfter('action'));
  const replies = createReplies(database);
  const dates = { dueOn: daysFrom(clock(), DAYS_AHEAD.reply), nextUpdateOn: dayAfter('nextUpdateOn') };
  const words = { decision: seeded.decision as Decision, owner, ...dates, texts };
  const replyId = await replies.write(actionId, words, planner, timeAfter('words'));
  const checks = createReplyChecks(database);
  const checkId = await checks.ask(replyId, timeAfter('words'), planner, timeAfter('words'));
  for (const accountId of members)
    await checks.answer(checkId, { accountId, isClear: true, comment: null }, timeAfter('check'));
  await replies.publish(replyId, planner, timeAfter('publication'));
  await createReplyAddresses(database).give(replyId);
  const news = { nextUpdateOn: daysFrom(clock(), DAYS_AHEAD.nextUpdate), words: update };
  await createReplyUpdates(database).add(replyId, news, planner, timeAfter('update'));
  return { findingId, replyId };
}

/** @throws Error if the release is not published or shows no cluster */
async function leastSafe({ database }: Services, releaseId: string): Promise<FindingPlace> {
  const found = await createReleases(database).openPublished(releaseId);
  if (!found) throw new Error('The release of the demonstration is not published.');
  const places = found.release.nodes
    .filter((node) => node.kind === 'cluster')
    .map((node): FindingPlace => ({ node: node.id, band: 'p5-p7', item: 'feels-safe', option: 'yes' }));
  const figures = places.flatMap((place) => {
    const figure = releasedFigure(found.release, place);
    return figure ? [{ place, share: figure.share }] : [];
  });
  const lowest = figures.toSorted((one, other) => one.share - other.share)[0];
  if (!lowest) throw new Error('The release of the demonstration shows no cluster.');
  return lowest.place;
}

const dayAfter = (step: keyof typeof DAYS_AFTER) => daysFrom(LATEST.endsOn, DAYS_AFTER[step]);
const timeAfter = (step: keyof typeof DAYS_AFTER) => `${dayAfter(step)}T10:00:00.000Z`;
