import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { walk, type Step } from '../survey/journey.ts';
import { STAGES, levelOf, type Level } from '../survey/stage.ts';

/** The youngest stage of a level; null for grown-ups. */
export function stageOfLevel(level: Level) {
  return STAGES.find((stage) => levelOf(stage) === level && level !== 'adult') ?? null;
}

/** An item without what decides who is asked: that is a matter of the survey that it will be in. */
export function askedOfAll(item: SurveyItem): SurveyItem {
  const alone = structuredClone(item);
  for (const asked of ['when', 'stages', 'section', 'topic'] as const) delete alone[asked];
  return alone;
}

/** Items as a survey of their own. */
export function surveyOfItems(items: SurveyItem[]): SurveyDefinition {
  return { id: 'draft', family: 'draft', stages: [], reached: 'open', items, indicators: [] };
}

/**
 * The pages on which somebody of a level meets an item: one, or one a row for those who read one thing at a time.
 * @param easyRead whether its survey is easy to read, which asks everybody one thing at a time
 */
export function pagesOfItem(item: SurveyItem, level: Level, easyRead: boolean): Step[] {
  const survey = { ...surveyOfItems([askedOfAll(item)]), ...(easyRead && { easyRead: true as const }) };
  return walk(survey, { stage: stageOfLevel(level), textAllowed: true, topics: [] }, {});
}
