import type { Answer } from './answer.ts';
import { isQuestion, type OptOut, type SurveyItem } from './definition.ts';
import { kindOf } from './kinds.ts';
import { ANSWER_FIELD, type FormValues, type ReadingFault } from './kinds/kind.ts';

/** How an opt-out is written in a form, so that no option's code can be mistaken for one. */
export function optOutValue(optOut: OptOut): string {
  return `state:${optOut}`;
}

/** What a question page's form says: an answer, or why it cannot be taken. 'blank' asks for an answer or Skip. */
export type ReadAnswer = { answer: Answer } | { fault: ReadingFault | 'blank' };

/** Reads the form of one question page. An information page is always read. */
export function readAnswer(item: SurveyItem, form: FormValues): ReadAnswer {
  if (!isQuestion(item)) return { answer: { state: 'skipped' } };
  const values = (form[ANSWER_FIELD] ?? []).filter((value) => value !== '');
  const chosen = item.optOuts.filter((optOut) => values.includes(optOutValue(optOut)));
  const [optOut] = chosen;
  if (optOut !== undefined) {
    return values.length > 1 ? { fault: 'none-with-others' } : { answer: { state: optOut } };
  }
  const reading = kindOf(item).read(item, form);
  if ('fault' in reading) return reading;
  return 'value' in reading ? { answer: { state: 'answered', value: reading.value } } : { fault: 'blank' };
}
