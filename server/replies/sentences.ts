import type { ReleasedFigure } from '../core/loop/finding.ts';
import type { SurveyText } from '../core/survey/definition.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
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
export function figureSentence(language: Language, { figure, texts }: Quoted): ShareSentence {
  const text = wordsIn(language, texts);
  const values = {
    people: peopleWords(language, figure.tenths),
    share: MARK,
    statement: text.indicators[figure.item.id]?.statement ?? '',
    question: questionWords(text, figure),
    answer: answerWords(language, text, figure),
  };
  const kind = figure.item.kind === 'indicator' ? 'saidIndicator' : figure.item.several ? 'saidTicked' : 'saidAnswer';
  const [before = '', after = ''] = language.say('replies', kind, values).split(MARK);
  return { before, share: shareWords(language, figure), percent: String(figure.share), after };
}

/** The share in whole per cent, as it is quoted everywhere. */
export function shareWords(language: Language, figure: ReleasedFigure): string {
  return language.percent(figure.share / 100);
}

function peopleWords(language: Language, tenths: number): string {
  if (tenths === 0) return language.words.replies.peopleFewest;
  if (tenths === 10) return language.words.replies.peopleMost;
  return language.say('replies', 'peopleAbout', { tenths: language.number(tenths) });
}

/** What a figure is about in a few words: "Feels safe in the local area", or the question and the answer. */
export function figureName(language: Language, { figure, texts }: Quoted): string {
  const text = wordsIn(language, texts);
  const indicator = text.indicators[figure.item.id];
  if (indicator) return indicator.name;
  const values = { question: questionWords(text, figure), answer: answerWords(language, text, figure) };
  return language.say('replies', 'nameOfAnswer', values);
}

/** The question that was asked, with the language it is in. */
export function askedQuestion(language: Language, { figure, texts }: Quoted): { text: string; lang: string } {
  const text = wordsIn(language, texts);
  return { text: questionWords(text, figure), lang: text.language };
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

function questionWords(text: SurveyText, figure: ReleasedFigure): string {
  return text.items[figure.item.question]?.text ?? '';
}

/** The answer's own words; a step of a ladder has none and is a number. */
function answerWords(language: Language, text: SurveyText, figure: ReleasedFigure): string {
  const words = text.items[figure.item.question]?.options?.[figure.option];
  return words ?? language.say('replies', 'ladderStep', { step: figure.option });
}

/** Survey words in the reader's language, or in another one that the version has. */
function wordsIn(language: Language, texts: Quoted['texts']): SurveyText {
  const text = texts.get(language.code) ?? texts.get('en') ?? texts.values().next().value;
  if (!text) throw new Error('A published survey version has no words: expected at least one language.');
  return text;
}
