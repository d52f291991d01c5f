import { isQuestion, type ItemText, type SurveyItem } from '../core/survey/definition.ts';
import type { Answer } from '../core/survey/answer.ts';
import { kindOf } from '../core/survey/kinds.ts';
import type { ReadingFault } from '../core/survey/kinds/kind.ts';
import { optOutValue } from '../core/survey/read-answer.ts';
import type { Language } from './language.ts';

/*
 * How each kind of question is drawn: domain values → exactly what views/questions/<kind>.eta reads.
 * All kinds share one shape, so that a page can include any of them.
 */

/** One answer to choose. */
export interface DrawnOption {
  id: string;
  value: string;
  words: string;
  checked: boolean;
  /** Path of the mouth of a face, empty for other kinds. */
  mouth: string;
  /** Whether the mouth is filled: the widest smile is. */
  filled: boolean;
}

export interface QuestionView {
  view: `questions/${SurveyItem['kind']}`;
  heading: string;
  hint: string;
  options: DrawnOption[];
  optOuts: DrawnOption[];
  low: string;
  high: string;
  /** What was typed before, for kinds that take words. */
  typed: string;
  maxLength: number;
  /** Words of what was wrong with the last try, empty if nothing was. */
  fault: string;
}

declare module './views.ts' {
  interface Views {
    'questions/one-choice': QuestionView;
    'questions/tick-all': QuestionView;
    'questions/faces': QuestionView;
    'questions/ladder': QuestionView;
    'questions/short-text': QuestionView;
    'questions/information': QuestionView;
  }
}

/** The first field of a question page: where the error summary leads. */
export const FIRST_FIELD = 'answer-0';

/** Draws an item with what was answered before and what was wrong with the last try. */
export function drawQuestion(
  item: SurveyItem,
  text: ItemText,
  language: Language,
  answer: Answer | undefined,
  fault: ReadingFault | 'blank' | undefined,
): QuestionView {
  const words = language.words.respond;
  const held = answer?.state === 'answered' ? kindOf(item).holds(item, answer.value) : [];
  const optOuts = isQuestion(item) ? item.optOuts : [];
  const codes = item.kind === 'short-text' ? [] : kindOf(item).codes(item);
  return {
    view: `questions/${item.kind}`,
    heading: text.text,
    hint: text.hint ?? kindHint(item, language),
    options: codes.map((code, index) => ({
      id: `answer-${index}`,
      value: code,
      words: text.options?.[code] ?? code,
      checked: held.includes(code),
      ...faceOf(item, index, codes.length),
    })),
    optOuts: optOuts.map((optOut, index) => ({
      id: `opt-out-${index}`,
      value: optOutValue(optOut),
      words: words[`optOut-${optOut}`],
      checked: answer?.state === optOut,
      mouth: '',
      filled: false,
    })),
    low: text.low ?? '',
    high: text.high ?? '',
    typed: answer?.state === 'answered' && typeof answer.value === 'string' ? answer.value : '',
    maxLength: item.kind === 'short-text' ? item.maxLength : 0,
    fault: fault ? words[`fault-${fault}`] : '',
  };
}

function kindHint(item: SurveyItem, language: Language): string {
  if (item.kind === 'tick-all') return language.words.respond.tickHint;
  return item.kind === 'ladder' ? language.words.respond.ladderHint : '';
}

/** Degrees of a smile: the mouth's curve grows from nearly flat to wide open; never a frown. */
function faceOf(item: SurveyItem, index: number, count: number): { mouth: string; filled: boolean } {
  if (item.kind !== 'faces') return { mouth: '', filled: false };
  const depth = Math.round(2 + (13 * index) / Math.max(count - 1, 1));
  return { mouth: `M15 29q9 ${depth} 18 0`, filled: index === count - 1 };
}

/** An answer in words, for the page where answers are checked. */
export function answerInWords(
  item: SurveyItem,
  text: ItemText,
  language: Language,
  answer: Answer | undefined,
): string {
  const words = language.words.respond;
  if (!answer || answer.state === 'skipped') return words.checkSkipped;
  if (answer.state !== 'answered') return words[`optOut-${answer.state}`];
  if (item.kind === 'short-text') return String(answer.value);
  const held = kindOf(item).holds(item, answer.value);
  return held.map((code) => text.options?.[code] ?? code).join(language.code === 'ar' ? '، ' : ', ');
}
