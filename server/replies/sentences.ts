import type { ReleasedFigure } from '../core/loop/finding.ts';
import { codeWords, variableName, type SayPhrase } from '../core/statistics/variable-words.ts';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
import { peopleWords } from '../web/people-words.ts';
import type { Quoted } from './released.ts';

/** A sentence with its share set apart, so that a page can mark it and a program can find it. */
export interface ShareSentence {
  before: string;
  share: string;
  /** Whole per cent as digits, for programs. */
  percent: string;
  after: string;
}

/** Stands for the share while the sentence is put together; no words hold it. */
const MARK = '\u0000';

/** "About 6 in 10 pupils (58%) always or mostly feel safe where they live." */
export function figureSentence(language: Language, quoted: Quoted): ShareSentence {
  const { figure } = quoted;
  const values = {
    people: peopleWords(language, figure.tenths),
    share: MARK,
    statement: wordsIn(language, quoted).indicators[figure.item.id]?.statement ?? '',
    question: questionWords(language, quoted),
    answer: answerWords(language, quoted),
  };
  const kind = figure.item.kind === 'indicator' ? 'saidIndicator' : figure.item.several ? 'saidTicked' : 'saidAnswer';
  const [before = '', after = ''] = language.say('replies', kind, values).split(MARK);
  return { before, share: shareWords(language, figure), percent: String(figure.share), after };
}

/** The share in whole per cent, as it is quoted everywhere. */
export function shareWords(language: Language, figure: ReleasedFigure): string {
  return language.percent(figure.share / 100);
}

/** What a figure is about in a few words: "Feels safe in the local area", or the question and the answer. */
export function figureName(language: Language, quoted: Quoted): string {
  const indicator = wordsIn(language, quoted).indicators[quoted.figure.item.id];
  if (indicator) return indicator.name;
  const values = { question: questionWords(language, quoted), answer: answerWords(language, quoted) };
  return language.say('replies', 'nameOfAnswer', values);
}

/** The question that was asked, with the language it is in. */
export function askedQuestion(language: Language, quoted: Quoted): { text: string; lang: string } {
  return { text: questionWords(language, quoted), lang: wordsIn(language, quoted).language };
}

/** "About 210 of 250 pupils answered, which is 84%."; empty where that is hidden. */
export function responseSentence(language: Language, { response }: ReleasedFigure): string {
  if (!response) return '';
  return language.say('replies', 'responseOf', {
    answered: language.number(response.answered),
    roll: language.number(response.roll),
    rate: language.percent(response.share / 100),
  });
}

/** "Pupils in P5–P7". */
export function bandWords(language: Language, { band }: Pick<ReleasedFigure, 'band'>): string {
  return language.say('replies', 'pupilsIn', { band: bandName(band) });
}

/** The release and the first digits of its hash, enough to tell it from every other one. */
export function releaseWords(language: Language, { entry }: Quoted): string {
  return language.say('replies', 'releaseNamed', { wave: entry.waveName, hash: entry.sha256.slice(0, 12) });
}

/** The question, with its row or ranked option where it has several. */
function questionWords(language: Language, quoted: Quoted): string {
  return variableName(quoted.variable, itemText(language, quoted), phrases(language));
}

/** The answer's own words; a step of a ladder is a number, and what it is out of. */
function answerWords(language: Language, quoted: Quoted): string {
  const { variable, figure } = quoted;
  if (figure.item.kind === 'indicator') return '';
  if (variable.question.kind === 'ladder') return language.say('replies', 'ladderStep', { step: figure.option });
  return codeWords(variable, itemText(language, quoted), figure.option, phrases(language));
}

/** What is called something in results is called the same here. */
function phrases(language: Language): SayPhrase {
  return (phrase, values) => language.say('results', phrase, values);
}

function itemText(language: Language, quoted: Quoted): ItemText {
  return quoted.words.get(wordsIn(language, quoted).language) ?? { text: '' };
}

/** Survey words in the reader's language, or in another one that the version has. */
function wordsIn(language: Language, { texts }: Pick<Quoted, 'texts'>): SurveyText {
  const text = texts.get(language.code) ?? texts.get('en') ?? texts.values().next().value;
  if (!text) throw new Error('A published survey version has no words: expected at least one language.');
  return text;
}
