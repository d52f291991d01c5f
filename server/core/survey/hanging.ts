import type { Indicator, SurveyDefinition, SurveyItem } from './definition.ts';
import { isQuestion } from './definition.ts';
import { answerKindOf, partsOf, variablesOf } from './kinds.ts';

/*
 * What would be left hanging when questions go: whatever still reads one of them. An indicator goes with its question,
 * since there is nothing left to count; everything else is somebody's to decide, so it is refused with its name.
 */

export type HangingCode = 'route' | 'route-option' | 'scale' | 'poor-outcome' | 'bands';

/** Something that still needs a question that is not there any more. */
export interface HangingFault {
  code: HangingCode;
  /** The question that goes. */
  item: string;
  /** What still uses it: a question, a scale or an indicator; the question itself where it gives the bands. */
  by: string;
  /** Answers that a route names and its question does not offer; empty for everything else. */
  options: string[];
}

/**
 * @param survey the items as they are to be, with everything else as it was
 * @param gone ids of questions that are no longer there
 */
export function hangingFaults(survey: SurveyDefinition, gone: readonly string[]): HangingFault[] {
  const isGone = (id: string) => gone.includes(id);
  const reading = new Map(survey.indicators.map((indicator) => [indicator.id, indicator.question]));
  return [
    ...survey.items.flatMap((item) => routeFaults(item, survey, isGone)),
    ...(survey.scales ?? []).flatMap(({ id, items }) =>
      items.filter(({ question }) => isGone(question)).map(({ question }) => fault('scale', question, id)),
    ),
    ...(survey.poorOutcomes ?? []).flatMap((id) => {
      const question = reading.get(id);
      return question !== undefined && isGone(question) ? [fault('poor-outcome', question, id)] : [];
    }),
    ...(survey.bandQuestion !== undefined && isGone(survey.bandQuestion)
      ? [fault('bands', survey.bandQuestion, survey.bandQuestion)]
      : []),
  ];
}

function fault(code: HangingCode, item: string, by: string, options: string[] = []): HangingFault {
  return { code, item, by, options };
}

function routeFaults(
  { id, when }: SurveyItem,
  { items }: SurveyDefinition,
  isGone: (id: string) => boolean,
): HangingFault[] {
  if (!when) return [];
  if (isGone(when.question)) return [fault('route', when.question, id)];
  const leading = items.find((item) => item.id === when.question);
  const [part] = leading ? partsOf(leading) : [];
  if (!part) return [];
  const offered = answerKindOf(part).codes(part);
  const missing = when.anyOf.filter((code) => !offered.includes(code));
  return missing.length > 0 ? [fault('route-option', when.question, id, missing)] : [];
}

/** Indicators that read a question, or a row of one, that these items do not have. */
export function indicatorsWithout(indicators: readonly Indicator[], items: readonly SurveyItem[]): Indicator[] {
  const variables = new Set(items.filter(isQuestion).flatMap((item) => variablesOf(item).map(({ id }) => id)));
  return indicators.filter(({ question }) => !variables.has(question));
}
