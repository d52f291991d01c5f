import type { Answer, AnswerValue } from '../../core/survey/answer.ts';
import type { Part } from '../../core/survey/definition.ts';
import type { Step } from '../../core/survey/journey.ts';
import { hasRows } from '../../core/survey/kinds.ts';
import type { ItemText } from '../../core/survey/text.ts';
import type { Language } from '../language.ts';
import { stepInWords } from './choices.ts';
import { rowCode } from './drawing.ts';

/** A question and its answer, as they read when answers are checked. */
export interface AnswerInWords {
  /** What the answer is kept under. */
  key: string;
  question: string;
  words: string;
}

/** The answers of a page in words: one, one for each row of it, or none for a page to read. */
export function answersInWords(
  step: Step,
  text: ItemText,
  language: Language,
  shown: (key: string) => Answer | undefined,
): AnswerInWords[] {
  return step.parts.map((part) => ({
    key: part.id,
    question: questionInWords(step, part, text, language),
    words: answerInWords(part, text, language, shown(part.id)),
  }));
}

function questionInWords(step: Step, part: Part, text: ItemText, language: Language): string {
  if (!hasRows(step.item)) return text.text;
  const code = rowCode(part, step);
  return language.say('questions', 'questionOfRow', { question: text.text, row: text.rows?.[code] ?? code });
}

function answerInWords(part: Part, text: ItemText, language: Language, answer: Answer | undefined): string {
  const { respond } = language.words;
  if (!answer || answer.state === 'skipped') return respond.checkSkipped;
  if (answer.state !== 'answered') return respond[`optOut-${answer.state}`];
  return valueInWords(part, text, language, answer.value);
}

function valueInWords(part: Part, text: ItemText, language: Language, value: AnswerValue): string {
  const optionWords = (code: string) => text.options?.[code] ?? code;
  const codes = Array.isArray(value) ? value : [String(value)];
  switch (part.kind) {
    case 'short-text':
    case 'long-text':
      return String(value);
    case 'number':
      return [language.number(Number(value)), text.unit].filter(Boolean).join(' ');
    case 'ranking':
      return codes
        .map((code, index) =>
          language.say('questions', 'placeOf', { place: language.number(index + 1), words: optionWords(code) }),
        )
        .join(language.words.questions.listComma);
    case 'ladder':
      return stepInWords({ language }, String(value), '10', endWords(text, String(value), '0', '10'));
    case 'one-choice':
    case 'faces':
    case 'tick-all':
      return text.options || part.kind !== 'one-choice'
        ? codes.map(optionWords).join(language.words.questions.listComma)
        : pointInWords(part.options, text, language, String(value));
  }
}

/** A point of a wheel whose points are numbers. */
function pointInWords(options: readonly { code: string }[], text: ItemText, language: Language, value: string): string {
  const [least = '', most = ''] = [options[0]?.code, options.at(-1)?.code];
  return stepInWords({ language }, value, most, endWords(text, value, least, most));
}

function endWords(text: ItemText, value: string, least: string, most: string): string | undefined {
  if (value === least) return text.low;
  return value === most ? text.high : undefined;
}
