import type { Language } from '../web/language.ts';
import { kindOf } from '../core/survey/kinds.ts';
import type { SurveyText } from '../core/survey/definition.ts';
import type { AskedVersionItem } from './asked.ts';

/** The words of an item as one band was asked it. */
export interface ItemWords {
  /** The language of these words, where a survey lacks that of the page. */
  language: string;
  /** An indicator's name; a question as it was asked. */
  name: string;
  /** The question that an indicator reads, as it was asked. */
  question: string;
  /** Options in their order, by code. */
  options: { code: string; words: string }[];
  /** Options of the question that the indicator counts, in words. */
  counted: string[];
  /** Finishes "… of pupils …" for an option. */
  statement(option: string): string;
}

/** The words of an item in the language of the page, else in English, else in whatever there is. */
export function itemWords(language: Language, asked: AskedVersionItem): ItemWords {
  const text = inLanguage(asked.texts, language.code);
  const { question, indicator } = asked;
  const questionWords = text.items[question.id]?.text ?? question.id;
  const shared = { language: text.language, question: questionWords };
  if (indicator) {
    const { name, statement } = text.indicators[indicator.id] ?? { name: indicator.id, statement: indicator.id };
    return {
      ...shared,
      name,
      options: [{ code: 'yes', words: name }],
      counted: indicator.anyOf.map((code) => optionWords(language, asked, text, code)),
      statement: () => statement,
    };
  }
  const options = kindOf(question)
    .codes(question)
    .map((code) => ({ code, words: optionWords(language, asked, text, code) }));
  return {
    ...shared,
    name: questionWords,
    options,
    counted: [],
    statement: (option) => questionStatement(language, asked, optionWords(language, asked, text, option)),
  };
}

function inLanguage(texts: ReadonlyMap<string, SurveyText>, code: string): SurveyText {
  const text = texts.get(code) ?? texts.get('en') ?? texts.values().next().value;
  if (!text) throw new Error('A published survey version has no words: expected those of one language or more.');
  return text;
}

function optionWords(language: Language, { question }: AskedVersionItem, text: SurveyText, code: string): string {
  if (question.kind === 'ladder') return ladderWords(language, text, question.id, code);
  if (question.kind === 'short-text') return language.words.results.optionWritten;
  return text.items[question.id]?.options?.[code] ?? code;
}

/** A step of a ladder; its ends also say what they stand for. */
function ladderWords(language: Language, text: SurveyText, question: string, code: string): string {
  const { low, high } = text.items[question] ?? {};
  const end = code === '0' ? low : code === '10' ? high : undefined;
  const step = language.number(Number(code));
  return end ? language.say('results', 'optionLadderEnd', { step, end }) : step;
}

function questionStatement(language: Language, { question }: AskedVersionItem, option: string): string {
  if (question.kind === 'short-text') return language.words.results.statementWritten;
  if (question.kind === 'tick-all') return language.say('results', 'statementTicked', { option });
  if (question.kind === 'ladder') return language.say('results', 'statementLadder', { option });
  return language.say('results', 'statementAnswered', { option });
}
