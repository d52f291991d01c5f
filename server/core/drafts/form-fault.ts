import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { LONGEST } from '../survey/proposal.ts';

/* What can be wrong with the form of a draft: where, and what, as a code whose words are in locales. */

export const FORM_FAULTS = [
  'survey-missing',
  'survey-full',
  'kind-missing',
  'question-missing',
  'page-missing',
  'language-missing',
  'language-not-held',
  'too-long',
  'options-count',
  'option-twice',
  'option-repeats-opt-out',
  'rows-count',
  'end-missing',
  'number-out-of-bounds',
  'number-order',
  'group-missing',
  'group-gap',
  'points-missing',
  'why-missing',
  'domain-missing',
  'after-unknown',
  'stage-not-asked',
  'route-unknown',
  'route-to-itself',
  'route-circular',
  'route-later',
  'route-in-rows',
  'route-across',
  'route-answers-missing',
  'route-answer-unknown',
  'route-unreachable',
  'topic-nobody',
  'topic-unknown',
  'section-unknown',
  'words-without-question',
  'label-unknown',
  'articles',
  'symbol-unknown',
  'leaves-unreachable',
  'comes-before-route',
  'used-answer-gone',
  'used-question-gone',
  'scale-new-answer',
  'not-sound',
  'already-proposed',
  'unchanged',
  'change-under-way',
  'withdrawal-under-way',
] as const;
export type FormFaultCode = (typeof FORM_FAULTS)[number];

export interface FormFault {
  /** The field, as form-fields.ts names it, with the number of its line: "option-3", "ar-question". */
  field: string;
  code: FormFaultCode;
  /** What the words need: numbers, ids of items under `item`, words that were typed. */
  values: Record<string, string | number>;
}

/** What a draft is held against. */
export interface DraftPlace {
  /** Undefined while no survey is chosen. */
  survey: SurveyDefinition | undefined;
  /** Languages that the survey has words in. */
  languages: readonly string[];
  /** The words of the opt-outs in every language, which no answer may repeat. */
  optOutWords: readonly string[];
  /** Pictures that there are. */
  symbols: readonly string[];
  /** The item that it changes; undefined for a new one. */
  before: SurveyItem | undefined;
}

/** The longest words of each piece, in characters; the body of a page may run on. */
export const LONGEST_WORDS = { ...LONGEST, hint: 300, page: 1500, unit: 40 } as const;

export function fault(field: string, code: FormFaultCode, values: FormFault['values'] = {}): FormFault {
  return { field, code, values };
}

export const characters = (words: string): number => [...words].length;
