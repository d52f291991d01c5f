import { isQuestion, type SurveyItem } from '../survey/definition.ts';
import { atLevel, type ItemText } from '../survey/text.ts';
import type { Stage } from '../survey/stage.ts';
import type { CoachLevel, DraftQuestion } from './draft.ts';

/**
 * An item of a survey as the coach reads it at a level.
 * @param stage the one stage that is asked, where there is only one
 */
export function draftOfItem(
  item: SurveyItem,
  text: ItemText,
  asked: { level: CoachLevel; language: string; stage?: Stage },
): DraftQuestion {
  const words = atLevel(text, asked.level);
  return {
    id: item.id,
    ...asked,
    kind: item.kind,
    text: words.text,
    options: optionsOf(item, words),
    rows: rowCodes(item).map((code) => words.rows?.[code] ?? ''),
    topic: isQuestion(item) ? (item.topic ?? '') : '',
  };
}

/** What there is to choose from, besides ways not to answer; of a ladder its two ends. */
function optionsOf(item: SurveyItem, { options = {}, low = '', high = '' }: ItemText): string[] {
  if (item.kind === 'ladder') return [low, high];
  if (!('options' in item)) return [];
  // "None of these" is read as a way out, not as one more thing to weigh.
  const weighed = item.options.filter((option) => !('exclusive' in option && option.exclusive));
  return weighed.map(({ code }) => options[code] ?? '');
}

function rowCodes(item: SurveyItem): string[] {
  if (item.kind === 'grid') return item.rows.map(({ code }) => code);
  return item.kind === 'place-wheel' ? item.themes.map(({ code }) => code) : [];
}
