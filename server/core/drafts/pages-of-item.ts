import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { walk, type Step } from '../survey/journey.ts';
import { STAGES, levelOf, type Level } from '../survey/stage.ts';

/** The youngest stage of a level; null for grown-ups. */
export function stageOfLevel(level: Level) {
  return STAGES.find((stage) => levelOf(stage) === level && level !== 'adult') ?? null;
}

/** An item as a survey of its own, which everybody is asked. */
export function surveyOfItem(item: SurveyItem): SurveyDefinition {
  const alone = structuredClone(item);
  // Who is asked is a matter of the survey that it will be in.
  for (const asked of ['when', 'stages', 'section', 'topic'] as const) delete alone[asked];
  return {
    id: 'draft',
    family: 'draft',
    stages: [],
    reached: 'open',
    items: [alone],
    indicators: [],
  };
}

/** The pages on which somebody of a level meets an item: one, or one a row. */
export function pagesOfItem(item: SurveyItem, level: Level): Step[] {
  return walk(surveyOfItem(item), { stage: stageOfLevel(level), textAllowed: true, topics: [] }, {});
}
