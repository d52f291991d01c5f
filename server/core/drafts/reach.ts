import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import type { Stage } from '../survey/stage.ts';
import { isTopic, isTopicOpen, SWITCHED_TOPICS } from '../survey/topics.ts';

/*
 * Who can come to an item at all: pupils of these stages, or grown-ups (null), whatever they answer. Topics that an adult
 * may switch on count as switched on.
 */

/**
 * Whom an item is for by its stages and topic alone, without the route to it. A draft may name a topic that there is not:
 * that is a fault of its own (askedFaults) and keeps nobody out here.
 */
export function stagesOf(survey: SurveyDefinition, { stages, topic }: Pick<SurveyItem, 'stages' | 'topic'>) {
  const all: (Stage | null)[] = survey.stages.length > 0 ? survey.stages : [null];
  return all
    .filter((stage) => !stages || (stage !== null && stages.includes(stage)))
    .filter((stage) => !topic || !isTopic(topic) || isTopicOpen(topic, stage, SWITCHED_TOPICS));
}

/** Who can reach each item, by id. A question that leads to an item has to be reached first. */
export function reachOf(survey: SurveyDefinition): Map<string, (Stage | null)[]> {
  const reach = new Map<string, (Stage | null)[]>();
  for (const item of survey.items) {
    const own = stagesOf(survey, item);
    const before = item.when ? (reach.get(item.when.question) ?? []) : own;
    reach.set(
      item.id,
      own.filter((stage) => before.includes(stage)),
    );
  }
  return reach;
}

/** Whether an item hangs on another one, through however many questions between. */
export function dependsOn(survey: SurveyDefinition, id: string, other: string): boolean {
  const seen = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const current: string = next;
    next = survey.items.find((item) => item.id === current)?.when?.question;
    if (next === other) return true;
  }
  return false;
}
