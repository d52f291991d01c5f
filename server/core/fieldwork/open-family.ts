import { isQuestion, type Question, type SurveyDefinition } from '../survey/definition.ts';
import type { Band } from '../survey/stage.ts';

/*
 * Families that are open to whoever comes, as the survey of parents is: no roll, no schools, no stages. They are
 * reported by what people say of themselves, such as the age of their child.
 */

/** Whether nobody of this family is asked by way of a school. */
export function isOpenFamily(definitions: readonly SurveyDefinition[]): boolean {
  return definitions.length > 0 && definitions.every(isOpenSurvey);
}

function isOpenSurvey({ reached, stages }: SurveyDefinition): boolean {
  return reached === 'open' && stages.length === 0;
}

/** The bands of an open family: the codes of the question that bands are read from, each without stages. */
export function openBands(definitions: readonly SurveyDefinition[]): Band[] {
  const codes = definitions.flatMap(({ bandQuestion, items }) => {
    const question = items.find((item) => item.id === bandQuestion);
    return question?.kind === 'one-choice' ? question.options.map((option) => option.code) : [];
  });
  return [...new Set(codes)].map((id) => ({ id, stages: [] }));
}

/**
 * Whether a question could come to people of a band: where bands are answers, a route from the question that they are
 * read from leads some bands past it.
 */
export function asksBand(survey: SurveyDefinition, { when }: Pick<Question, 'when'>, band: string): boolean {
  if (!when || survey.bandQuestion === undefined) return true;
  if (when.question === survey.bandQuestion) return when.anyOf.includes(band);
  const before = survey.items.filter(isQuestion).find(({ id }) => id === when.question);
  return !before || asksBand(survey, before, band);
}
