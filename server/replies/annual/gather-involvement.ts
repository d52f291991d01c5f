import type { InvolvementFacts, LeftOutOfReport } from '../../core/loop/annual/facts.ts';
import type { Period } from '../../core/loop/annual/period.ts';
import type { DecisionLink } from '../../core/loop/engagement/entry.ts';
import { createActions } from '../../storage/actions.ts';
import { createEngagement, type EngagementEntry } from '../../storage/engagement.ts';
import { createReplies } from '../../storage/replies.ts';
import type { Services } from '../../web/services.ts';

/** Ids of what may never be public. */
export interface NotPublic {
  findings: ReadonlySet<string>;
  actions: ReadonlySet<string>;
}

/** Entries of the engagement record of a period, the earliest first, without those about what may never be public. */
export async function gatherInvolvement(
  { database }: Pick<Services, 'database'>,
  authorityId: string,
  period: Period,
  notPublic: NotPublic,
): Promise<{ facts: InvolvementFacts[]; leftOut: LeftOutOfReport[] }> {
  const replies = createReplies(database);
  const actions = createActions(database);

  async function isPublic({ kind, id }: DecisionLink): Promise<boolean> {
    if (kind === 'finding') return !notPublic.findings.has(id);
    if (kind === 'action') return !notPublic.actions.has(id);
    const reply = await replies.find(id);
    const action = reply && (await actions.find(reply.actionId));
    return action === undefined || !notPublic.findings.has(action.findingId);
  }

  const entries = await createEngagement(database).list(authorityId, period);
  const looked = await Promise.all(
    entries.map(async (entry) => ({
      entry,
      open: (await Promise.all(entry.words.links.map(isPublic))).every(Boolean),
    })),
  );
  return {
    facts: looked
      .filter(({ open }) => open)
      .map(({ entry }) => involvementFacts(entry))
      .toSorted((one, other) => (one.from < other.from ? -1 : 1)),
    leftOut: looked
      .filter(({ open }) => !open)
      .map(({ entry }) => ({ why: 'entry-not-public', id: entry.id, title: entry.words.title })),
  };
}

function involvementFacts({ id, words }: EngagementEntry): InvolvementFacts {
  const { title, from, to, said, change, outcome, methods } = words;
  return { id, title, from, to, said, change, outcome, methods };
}
