import type { Colour } from '../../core/loop/plan/colour.ts';
import type { MeasureWords } from '../../core/loop/plan/measures.ts';
import type { PlanChange } from '../../core/loop/plan/plan.ts';
import { quarterOf } from '../../core/loop/plan/quarters.ts';
import { emptyWords, type PlanWords } from '../../core/loop/plan/words.ts';
import { createFindingMarks } from '../../storage/finding-marks.ts';
import { newId } from '../../storage/identifiers.ts';
import { createPlan } from '../../storage/plan.ts';
import type { Services } from '../../web/services.ts';
import { daysFrom } from './days.ts';
import seeded from './plan.json' with { type: 'json' };

/* The plan of the demonstration's partnership: invented roles, two quarters of values. */

interface SeededAction {
  words: Omit<PlanWords, 'place' | 'startsOn' | 'dueOn'>;
  startsInDays: number;
  dueInDays: number;
  progress: { daysAgo: number; words: string }[];
  /** Values of the quarter before last and of the last one. */
  measures: { words: MeasureWords; values: string[] }[];
  judgement?: { colour: Colour; reason: string };
}

/** Adds the plan, and marks the finding that is answered as a priority. */
export async function addPlan(
  { database, clock }: Services,
  authorityId: string,
  findingId: string,
  planner: string,
): Promise<void> {
  const now = clock();
  await createFindingMarks(database).setPriority(findingId, true, planner, now);
  const plan = createPlan(database);
  const answered = (await plan.list(authorityId)).filter(({ findings }) => findings.includes(findingId));
  const { ofAnswered } = seeded;
  const changes = answered.flatMap(({ id, words }): PlanChange[] => [
    { kind: 'reword', action: id, words: { ...words, priority: ofAnswered.priority } },
    ...measured(id, ofAnswered.measure as SeededAction['measures'][number], now),
  ]);
  const more = (seeded.actions as SeededAction[]).flatMap((one) => changesOf(one, now));
  const { outcome } = await plan.write(authorityId, [...changes, ...more], planner, now);
  if (outcome !== 'written') throw new Error('Expected a new plan for the demonstration, found one with actions.');
}

function changesOf({ words, startsInDays, dueInDays, ...seeded }: SeededAction, now: string): PlanChange[] {
  const action = newId();
  const dates = { startsOn: daysFrom(now, startsInDays), dueOn: daysFrom(now, dueInDays) };
  return [
    { kind: 'make', id: action, reference: '', words: { ...emptyWords(), ...words, ...dates } },
    ...seeded.progress.map((entry): PlanChange => {
      return { kind: 'progress', action, on: daysFrom(now, -entry.daysAgo), words: entry.words };
    }),
    ...seeded.measures.flatMap((measure) => measured(action, measure, now)),
    ...(seeded.judgement ? [{ kind: 'judge' as const, action, ...seeded.judgement }] : []),
  ];
}

function measured(action: string, { words, values }: SeededAction['measures'][number], now: string): PlanChange[] {
  const id = newId();
  // Half a year and a quarter ago, so that the two are the last ones that have ended.
  const quarters = [-183, -92].map((days) => quarterOf(daysFrom(now, days)));
  return [
    { kind: 'measure', id, action, words },
    ...values.map((value, index): PlanChange => ({ kind: 'value', measure: id, quarter: quarters[index]!, value })),
  ];
}
