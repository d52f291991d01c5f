import type { CoachLevel, DraftQuestion } from './draft.ts';
import type { ItemKindName } from '../survey/item-kinds.ts';
import { plain, wordsIn } from './read-text.ts';

/*
 * How long a survey takes: the time to read its words and the time to answer.
 *
 * Reading: words a minute, silently and to be asked about the text afterwards, that three in four readers of the age
 * reach (25th percentile; ages 9, 13 and 17 of 6,611 pupils): US National Assessment of Educational Progress 1972,
 * report 02-R-09, in Sticht and others, Auding and Reading (1974), table 5. The slower quarter is what a lesson has to
 * have room for.
 *
 * Answering: 10 seconds for a question on its own, less for further rows of a grid, a minute and more for words
 * of one's own: Pew Research Center, "How we keep our online surveys from running too long" (2022). Adults' figures,
 * reading included; pupils are taken to need as long to choose as adults to read and choose.
 */

const WORDS_A_MINUTE: Record<CoachLevel, number> = { 'p5-p7': 86, 's1-s3': 133, 's4-s6': 160 };
const CHOICE = 10;
const ROW = 6;
const SECONDS: Record<ItemKindName, number> = {
  'one-choice': CHOICE,
  'tick-all': 15,
  faces: CHOICE,
  ladder: CHOICE,
  grid: ROW,
  ranking: 30,
  number: CHOICE,
  'short-text': 30,
  'long-text': 90,
  'place-wheel': ROW,
  information: 0,
};

/** Minutes that a survey takes somebody of the slower quarter, not rounded. */
export function minutesOf(questions: readonly DraftQuestion[], level: CoachLevel): number {
  const seconds = questions.reduce((sum, question) => sum + secondsOf(question, level), 0);
  return seconds / 60;
}

function secondsOf({ kind, text, rows, options }: DraftQuestion, level: CoachLevel): number {
  // Options of a grid are read once; those of P5–P7, whose rows are pages, with every row.
  const readings = level === 'p5-p7' ? Math.max(1, rows.length) : 1;
  const words = countOf([text, ...rows]) + readings * countOf(options);
  const answers = rows.length > 0 ? rows.length : 1;
  return (words / WORDS_A_MINUTE[level]) * 60 + answers * SECONDS[kind];
}

function countOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + wordsIn(plain(text)).length, 0);
}
