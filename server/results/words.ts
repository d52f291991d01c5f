import { isolated, type Language } from '../web/language.ts';
import {
  codeWords,
  isStep,
  partWords,
  variableName,
  type PlaceCode,
  type SayPhrase,
} from '../core/statistics/variable-words.ts';
import { SEVERAL_OUTCOMES } from '../core/survey/derived.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import type { AskedVersionItem } from './asked.ts';

/** The words of an item as one band was asked it. */
export interface ItemWords {
  /** The language of these words, where a survey lacks that of the page. */
  language: string;
  /** An indicator's name; a question as it was asked, with its row or ranked option. */
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
  const { indicator, variable } = asked;
  const survey = inLanguage(asked.texts, language.code);
  const text = asked.words.get(survey.language) ?? { text: variable.question.id };
  const say: SayPhrase = (phrase, values) => language.say('results', phrase, values);
  const wordsOf = (code: string) => codeWords(variable, text, code, say);
  const question = variableName(variable, text, say);
  const shared = { language: survey.language, question };
  if (indicator) {
    const { name, statement } = survey.indicators[indicator.id] ?? { name: indicator.id, statement: indicator.id };
    return {
      ...shared,
      name,
      options: [{ code: 'yes', words: name }],
      counted: indicator.anyOf.map(wordsOf),
      statement: () => statement,
    };
  }
  return {
    ...shared,
    name: question,
    options: variable.codes.map((code) => ({ code, words: wordsOf(code) })),
    counted: [],
    statement: (option) => statementOf(language, asked, text, { code: option, words: wordsOf(option) }),
  };
}

/** What somebody said before to be asked this; null where no route leads to it. */
export function routeWords(
  language: Language,
  { before, question }: AskedVersionItem,
): { question: string; answers: string[] } | null {
  if (!before || !question.when) return null;
  const { question: name, options } = itemWords(language, before);
  const { anyOf } = question.when;
  return { question: name, answers: options.flatMap(({ code, words }) => (anyOf.includes(code) ? [words] : [])) };
}

/** The same as a sentence; empty where no route leads to it. */
export function routeSentence(language: Language, asked: AskedVersionItem): string {
  const route = routeWords(language, asked);
  if (!route) return '';
  return language.say('results', 'askedOf', {
    question: isolated(language, route.question),
    answers: isolated(language, route.answers.join(' / ')),
  });
}

function inLanguage(texts: ReadonlyMap<string, SurveyText>, code: string): SurveyText {
  const text = texts.get(code) ?? texts.get('en') ?? texts.values().next().value;
  if (!text) throw new Error('A published survey version has no words: expected those of one language or more.');
  return text;
}

/** Finishes "… of pupils …": what those who gave this answer did. */
function statementOf(
  language: Language,
  { variable }: AskedVersionItem,
  text: ItemText,
  { code, words: option }: { code: string; words: string },
): string {
  const { question, part } = variable;
  if (asksForWords(question)) return language.words.results.statementWritten;
  const values = { option, part: partWords(variable, text) };
  if (question.kind === 'ranking') return language.say('results', `statement-${code as PlaceCode}`, values);
  if (question.kind === 'tick-all') return language.say('results', 'statementTicked', values);
  if (question.kind === 'ladder') return language.say('results', 'statementLadder', values);
  if (question.id === SEVERAL_OUTCOMES) return language.say('results', 'statementOutcomes', values);
  if (part === null) return language.say('results', 'statementAnswered', values);
  return language.say('results', isStep(variable) ? 'statementWheel' : 'statementRow', values);
}

/** A later release may hold a kind of place or item that has no words yet; its code is better than nothing. */
export function wordsOr(words: object, key: string, code: string): string {
  const found: unknown = (words as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : code;
}
