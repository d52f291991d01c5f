import type { Finding, Limit } from '../core/coach/draft.ts';
import type { SurveyFinding } from '../core/coach/survey.ts';
import { isolated, type Language } from './language.ts';

/* What the coach found, in words: why it is hard, and a better shape beside it. */

/** A finding about one question, in the words of a language. */
export function findingInWords(language: Language, { rule, reason }: Finding): string {
  return language.say('coach', 'better', {
    reason: language.say('coach', `reason-${reason.why}`, shown(language, reason.values)),
    example: exampleFor(language, rule, reason.values),
  });
}

function exampleFor(language: Language, rule: Finding['rule'], values: Finding['reason']['values']): string {
  const { coach } = language.words;
  if (rule !== 'recall-too-long') return coach[`example-${rule}`];
  const level = values['level'];
  if (level === 'p5-p7' || level === 's1-s3') return coach[`example-recall-too-long-${level}`];
  return coach['example-recall-too-long-s4-s6'];
}

/** A finding about a whole survey. */
export function surveyFindingInWords(language: Language, { reason }: SurveyFinding): string {
  return language.say('coach', `survey-${reason.why}`, reason.values);
}

export function limitInWords(language: Language, limit: Limit): string {
  return language.words.coach[`limit-${limit}`];
}

/** Words of the draft are kept apart from the sentence around them, whose direction may be another. */
function shown(language: Language, values: Finding['reason']['values']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(language, value) : value,
    ]),
  );
}
