import type { ActionFacts, LeftOutOfReport } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import { colourByRule } from '../../core/loop/plan/colour.ts';
import { measureState } from '../../core/loop/plan/measures.ts';
import type { PlanAction, PlanEvent } from '../../core/loop/plan/plan.ts';
import { endOfQuarter } from '../../core/loop/plan/quarters.ts';
import { createPlan } from '../../storage/plan.ts';
import type { Services } from '../../web/services.ts';

interface Asked {
  authorityId: string;
  period: Period;
  today: string;
}

export interface GatheredActions {
  facts: ActionFacts[];
  leftOut: LeftOutOfReport[];
  /** Ids of actions of whatever time that may never be public. */
  notPublic: ReadonlySet<string>;
}

/**
 * Actions that were in the plan in a period, with how they stand now; progress and values are those of the period. What
 * follows from a finding that may never be public could tell of one school, so it is left out.
 */
export async function gatherActions(
  { database }: Pick<Services, 'database'>,
  { authorityId, period, today }: Asked,
  notPublic: ReadonlySet<string>,
): Promise<GatheredActions> {
  const plan = createPlan(database);
  const all = await plan.list(authorityId);
  const begun = all.filter((action) => beganOn(action) <= period.to);
  const withHistory = await Promise.all(
    begun.map(async (action) => ({ action, events: await plan.history(action.id) })),
  );
  const inPeriod = withHistory.filter(({ action, events }) => !endedBefore(action, events, period.from));
  const isOpen = ({ findings }: PlanAction) => !findings.some((id) => notPublic.has(id));
  return {
    facts: inPeriod
      .filter(({ action }) => isOpen(action))
      .map(({ action, events }) => actionFacts(action, events, { period, today })),
    leftOut: inPeriod
      .filter(({ action }) => !isOpen(action))
      .map(({ action: { id, reference } }) => ({ why: 'action-not-public', id, reference })),
    notPublic: new Set(all.filter((action) => !isOpen(action)).map(({ id }) => id)),
  };
}

/** A plan that was kept elsewhere before has actions that began before they stood in Heard. */
function beganOn({ madeAt, words: { startsOn } }: PlanAction): string {
  const made = madeAt.slice(0, 10);
  return startsOn !== '' && startsOn < made ? startsOn : made;
}

function endedBefore({ state }: PlanAction, events: readonly PlanEvent[], from: string): boolean {
  const ended = events.find(({ kind }) => kind === 'ended');
  return state !== 'open' && ended !== undefined && ended.at.slice(0, 10) < from;
}

function actionFacts(
  action: PlanAction,
  events: readonly PlanEvent[],
  { period, today }: Omit<Asked, 'authorityId'>,
): ActionFacts {
  const { id, reference, words, state, judgement, progress, measures } = action;
  // The newest stands first.
  const versions = events.filter(({ kind }) => kind === 'made' || kind === 'reworded');
  return {
    ...{ id, reference, state },
    ...{ task: words.task, lead: words.lead, aims: words.aims },
    rule: colourByRule(action, today),
    judgement: judgement && { colour: judgement.colour, reason: judgement.reason },
    progress: progress
      .filter(({ on }) => isWithin(on, period))
      .map(({ on, words: said }) => ({ on, words: said }))
      .toReversed(),
    measures: measures.map((measure) => {
      const values = measure.values.filter(({ quarter }) => endOfQuarter(quarter) <= period.to);
      return { id: measure.id, words: measure.words, state: measureState(measure.words, values) };
    }),
    source: {
      is: 'action',
      ...{ id, reference },
      version: versions.length,
      writtenOn: (versions[0]?.at ?? action.madeAt).slice(0, 10),
    },
  };
}
