import type { Question, SurveyDefinition } from './definition.ts';
import { variablesOf, type Variable } from './kinds.ts';
import { codeRange, type Range, type SurveyScale } from './scales.ts';
import type { ItemText, SurveyText } from './text.ts';

/*
 * Variables that nobody was asked by themselves, since they are worked out from the answers of one person to several
 * questions: how many poor outcomes come together, and the scores of scales.
 */

/** The id of the count of poor outcomes; no item may have it. */
export const SEVERAL_OUTCOMES = 'several-outcomes';

/** How many poor outcomes somebody has. */
export const OUTCOME_COUNTS = ['none', 'one', 'two', 'three-or-more'] as const;
/** The last option of the count: somebody who left one of the questions without an answer. */
export const NOT_ALL_ANSWERED = 'not-all-answered';

/** The count of poor outcomes as a variable; undefined where a survey names none. */
export function severalOutcomes(survey: SurveyDefinition): Variable | undefined {
  if (!survey.poorOutcomes) return undefined;
  return variableOf(SEVERAL_OUTCOMES, [...OUTCOME_COUNTS, NOT_ALL_ANSWERED]);
}

/** The score of a scale as a variable. Its numbers are no options, so it has none of its own to show. */
export function scaleVariable({ id }: SurveyScale): Variable {
  return { ...variableOf(id, ['score']), codes: [] };
}

/** All of them. */
export function derivedVariables(survey: SurveyDefinition): Variable[] {
  const several = severalOutcomes(survey);
  return [...(several ? [several] : []), ...releasedScales(survey).map(scaleVariable)];
}

/** Scales whose scores are whole numbers, so that sums of them can be protected and attacked like counts. */
export function releasedScales({ scales = [] }: SurveyDefinition): SurveyScale[] {
  return scales.filter(({ method }) => method === 'sum');
}

/** The words of derived variables, by language. */
export function derivedWords(id: string, texts: ReadonlyMap<string, SurveyText>): Map<string, ItemText> {
  return new Map(
    [...texts].flatMap(([language, { derived }]) => {
      const text = derived?.[id];
      return text ? [[language, text] as const] : [];
    }),
  );
}

/** Counted like a question with one answer, and about wellbeing as a whole. */
function variableOf(id: string, codes: readonly string[]): Variable {
  const question: Question = {
    id,
    kind: 'one-choice',
    tags: { domain: 'mental-wellbeing', shanarri: [], uncrc: [] },
    optOuts: [],
    options: codes.map((code) => ({ code })),
  };
  return variablesOf(question)[0]!;
}

/** The lowest and highest score of a scale that adds up its items. */
export function scoreRange(scale: SurveyScale): Range {
  const { lowest, highest } = codeRange(scale);
  return { lowest: lowest * scale.items.length, highest: highest * scale.items.length };
}
