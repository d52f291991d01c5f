import { SKIPPED, type Answer, type Answers } from './answer.ts';
import type { Part } from './definition.ts';
import type { OptOut } from './item.ts';
import type { Step } from './journey.ts';
import { filled, type FormValues, type ReadingFault } from './kinds/kind.ts';
import { answerKindOf } from './kinds.ts';

/** The fields of a question page as they arrive: a field's values, in order. */
export type Form = Readonly<Record<string, FormValues | undefined>>;

/** The field of a page's question; where a page has several, each row has its own. */
export function fieldOf(step: Step, part: Part): string {
  return step.parts.length > 1 ? `answer-${part.id.slice(step.id.length + 1)}` : 'answer';
}

/** How an opt-out is written in a form, so that no option's code can be mistaken for one. */
export function optOutValue(optOut: OptOut): string {
  return `state:${optOut}`;
}

export type AnswerFault = ReadingFault | 'blank';

/** What a question page's form says: its answers, or why they cannot be taken. 'blank' asks for an answer or Skip. */
export type ReadAnswers = { answers: Answers } | { fault: AnswerFault; partId: string };

/** Reads the form of one page. A page to read is always read; a row left blank among others was skipped. */
export function readAnswers(step: Step, form: Form): ReadAnswers {
  const answers: Answers = {};
  if (step.parts.length === 0) return { answers: skipped(step) };
  for (const part of step.parts) {
    const reading = readPart(part, form[fieldOf(step, part)] ?? []);
    if ('answer' in reading) answers[part.id] = reading.answer;
    else if (reading.fault !== 'blank') return { fault: reading.fault, partId: part.id };
  }
  const given = Object.keys(answers).length;
  if (given === 0) return { fault: 'blank', partId: step.parts[0]!.id };
  return { answers: given === step.parts.length ? answers : { ...skipped(step), ...answers } };
}

/** What a page says when it is skipped: each of its questions was seen and left blank. */
export function skipped(step: Step): Answers {
  return Object.fromEntries(step.keys.map((key) => [key, SKIPPED]));
}

function readPart(part: Part, given: FormValues): { answer: Answer } | { fault: AnswerFault } {
  const [optOut] = part.optOuts.filter((one) => given.includes(optOutValue(one)));
  if (optOut !== undefined) {
    return filled(given).length > 1 ? { fault: 'none-with-others' } : { answer: { state: optOut } };
  }
  const reading = answerKindOf(part).read(part, given);
  if ('fault' in reading) return reading;
  return 'value' in reading ? { answer: { state: 'answered', value: reading.value } } : { fault: 'blank' };
}
