import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { pagesOfAll } from '../survey/journey.ts';
import { levelOf } from '../survey/stage.ts';
import type { ItemText } from '../survey/text.ts';
import type { TopicId } from '../survey/topics.ts';
import type { CoachLevel } from './draft.ts';
import { draftOfItem } from './item-draft.ts';
import type { SurveyQuestion } from './survey.ts';

/** The words of an item and the language that they are in. */
export interface ReadWords {
  text: ItemText;
  language: string;
}

/**
 * A survey as the coach reads it at a level: everything that somebody of one of its stages may come to, in order,
 * every route taken and words of one's own asked for. Nobody is asked more than this.
 * @param topics the topics that an adult switched on
 */
export function questionsOfLevel(
  survey: SurveyDefinition,
  level: CoachLevel,
  topics: readonly TopicId[],
  wordsOf: (id: string) => ReadWords,
): SurveyQuestion[] {
  const stages = survey.stages.filter((stage) => levelOf(stage) === level);
  const pages = stages.flatMap((stage) => pagesOfAll(survey, { stage, textAllowed: true, topics }));
  const asked = new Set(pages.map(({ step }) => step.item));
  const [only, ...others] = stages;
  return questionsFrom(
    survey.items.filter((item) => asked.has(item)),
    wordsOf,
    {
      level,
      ...(only && others.length === 0 && { stage: only }),
    },
  );
}

/** Items as the coach reads them at a level, with the ways not to answer that they offer. */
export function questionsFrom(
  items: readonly SurveyItem[],
  wordsOf: (id: string) => ReadWords,
  asked: Omit<Parameters<typeof draftOfItem>[2], 'language'>,
): SurveyQuestion[] {
  return items.map((item) => {
    const { text, language } = wordsOf(item.id);
    return {
      ...draftOfItem(item, text, { ...asked, language }),
      optOuts: item.kind === 'information' ? [] : item.optOuts,
    };
  });
}
