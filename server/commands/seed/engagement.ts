import { EMPTY_CHECK, type Check } from '../../core/loop/engagement/check.ts';
import { emptyEntry, type DecisionLink, type EntryWords } from '../../core/loop/engagement/entry.ts';
import { WHOLE_AUTHORITY } from '../../core/loop/plan/words.ts';
import { createEngagement } from '../../storage/engagement.ts';
import { newId } from '../../storage/identifiers.ts';
import { createPlan } from '../../storage/plan.ts';
import { createReplies } from '../../storage/replies.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from './days.ts';
import seeded from './engagement.json' with { type: 'json' };

/* The engagement record of the demonstration: made-up people in made-up numbers, one entry unfinished. */

interface SeededEntry {
  words: Omit<EntryWords, 'place' | 'from' | 'to' | 'links'>;
  /** What is answered, its action, its reply; or an action of the plan that is of something else. */
  about: (DecisionLink['kind'] | 'other-action')[];
  fromDaysAgo: number;
  toDaysAgo: number | null;
  check: Partial<Check> | null;
}

export const SEEDED_ENTRIES = seeded as SeededEntry[];

/** Adds who was involved in the finding that is answered, in an action of the plan, and in something else. */
export async function addEngagement(
  { database, clock }: Services,
  authorityId: string,
  findingId: string,
  by: string,
): Promise<void> {
  const now = clock();
  const actions = await createPlan(database).list(authorityId);
  const replies = await createReplies(database).published(authorityId);
  const of = (kind: DecisionLink['kind'], id: string | undefined) => (id === undefined ? [] : [{ kind, id }]);
  const links: Record<SeededEntry['about'][number], DecisionLink[]> = {
    finding: of('finding', findingId),
    action: of('action', actions.find(({ findings }) => findings.includes(findingId))?.id),
    reply: of('reply', replies.find(({ finding }) => finding.id === findingId)?.id),
    'other-action': of('action', actions.find(({ findings }) => findings.length === 0)?.id),
  };
  const record = createEngagement(database);
  for (const { words, about, fromDaysAgo, toDaysAgo, check } of SEEDED_ENTRIES) {
    const id = newId();
    const dates = { from: daysFrom(now, -fromDaysAgo), to: toDaysAgo === null ? '' : daysFrom(now, -toDaysAgo) };
    const whole = { ...emptyEntry(WHOLE_AUTHORITY), ...words, ...dates, links: about.flatMap((one) => links[one]) };
    await record.make({ id, authorityId, begunFrom: null, words: whole }, by, now);
    if (check) await record.answer(id, { ...EMPTY_CHECK, ...check }, 0, by, now);
  }
}
