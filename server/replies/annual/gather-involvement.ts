import type { InvolvementFacts, LeftOutOfReport } from '../../core/loop/annual/facts.ts';
import type { Period } from '../../core/loop/annual/period.ts';
import { isFinished, missingParts, type DecisionLink } from '../../core/loop/engagement/entry.ts';
import { createActions } from '../../storage/actions.ts';
import { createEngagement, type EngagementEntry } from '../../storage/engagement.ts';
import { createReplies } from '../../storage/replies.ts';
import type { Services } from '../../web/services.ts';

/** Ids of what may never be public. */
export interface NotPublic {
  findings: ReadonlySet<string>;
  actions: ReadonlySet<string>;
}

interface Asked {
  authorityId: string;
  period: Period;
  today: string;
}

/**
 * Finished entries of the engagement record of a period, the earliest first, without those about what may never be public.
 * What is unfinished is a note of planners still.
 */
export async function gatherInvolvement(
  { database }: Pick<Services, 'database'>,
  { authorityId, period, today }: Asked,
  notPublic: NotPublic,
): Promise<{ facts: InvolvementFacts[]; leftOut: LeftOutOfReport[] }> {
  const replies = createReplies(database);
  const actions = createActions(database);

  async function isPublic({ kind, id }: DecisionLink): Promise<boolean> {
    if (kind === 'finding') return !notPublic.findings.has(id);
    if (kind === 'action') return !notPublic.actions.has(id);
    const reply = await replies.find(id);
    const action = reply && (await actions.find(reply.actionId));
    return action === undefined || !(notPublic.actions.has(action.id) || notPublic.findings.has(action.findingId));
  }

  async function look(entry: EngagementEntry): Promise<InvolvementFacts | LeftOutOfReport> {
    const { id, words } = entry;
    const { title, outcome } = words;
    if (!(await Promise.all(words.links.map(isPublic))).every(Boolean)) return { why: 'entry-not-public', id, title };
    if (outcome === '' || !isFinished(words, today))
      return { why: 'entry-unfinished', id, title, missing: missingParts(words, today) };
    return involvementFacts(entry, outcome);
  }

  const looked = await Promise.all((await createEngagement(database).list(authorityId, period)).map(look));
  return {
    facts: looked
      .flatMap((one) => ('why' in one ? [] : [one]))
      .toSorted((one, other) => (one.from < other.from ? -1 : 1)),
    leftOut: looked.flatMap((one) => ('why' in one ? [one] : [])),
  };
}

function involvementFacts({ id, words }: EngagementEntry, outcome: InvolvementFacts['outcome']): InvolvementFacts {
  const { title, from, to, said, change, methods, groups } = words;
  return { id, title, from, to, said, change, outcome, methods, groups: groups.map(({ kind }) => kind) };
}
