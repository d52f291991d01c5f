import type { CoachLevel } from '../coach/draft.ts';
import { LIMITS } from '../coach/limits.ts';
import { primaryTag } from '../coach/lists.ts';
import { plain, sentencesIn, wordsIn } from '../coach/read-text.ts';
import { hardness, namesIn } from '../coach/rules/reading-age.ts';
import { levelOf, type Band, type Stage } from '../survey/stage.ts';
import { partsFor, type Reader, type ReplyText } from './reply.ts';

/*
 * How hard a passage is to read, by the coach's own knowledge of words. A reply is long enough for a formula of
 * readability, which a question is not: Spache's (revised 1974) up to the fourth grade, above it Chall and Dale's (1995),
 * each with the words that the coach knows children to know in place of its own list. A grade is read at its number plus
 * five. Nobody has such a list for Arabic here, so Arabic is counted and not judged.
 */

export interface ReadingLevel {
  words: number;
  sentences: number;
  /** Words to a sentence, to one decimal place. */
  wordsPerSentence: number;
  /** Words that children may not know; null where the language has no list. */
  hardWords: number | null;
  /** Years; null where the language has no list, or the passage is too short to say. */
  age: number | null;
}

/** Words from which a formula says something. */
const LEAST_WORDS = 30;
const AGE_OF_GRADE = 5;
const LAST_OF_SPACHE = 4;
/** Raw scores of Chall and Dale and the first grade of each step; what lies below the first is read in grade 4. */
const STEPS: readonly (readonly [from: number, grade: number])[] = [
  [9, 13],
  [8, 11],
  [7, 9],
  [6, 7],
  [5, 5],
];
/** Chall and Dale add to passages in which more than one word in twenty is hard. */
const MANY_HARD = 5;
const FOR_MANY_HARD = 3.6365;

/** Parts of a text that are read one after the other, as a passage; a part without a full stop ends all the same. */
export function readingLevel(parts: readonly string[], language: string): ReadingLevel {
  const lines = parts.flatMap((part) => part.split('\n')).filter((line) => wordsIn(line).length > 0);
  const sentences = lines.flatMap((line) => sentencesIn(line)).length;
  const all = lines.flatMap((line) => wordsIn(plain(line)));
  const wordsPerSentence = sentences === 0 ? 0 : Math.round((10 * all.length) / sentences) / 10;
  const counts = { words: all.length, sentences, wordsPerSentence };
  if (primaryTag(language) !== 'en') return { ...counts, hardWords: null, age: null };
  const hardWords = hardWordsIn(lines, all);
  const age = all.length < LEAST_WORDS ? null : ageOf(all.length / sentences, (100 * hardWords) / all.length);
  return { ...counts, hardWords, age };
}

/** The level of the words for a reader, all parts together. */
export function levelOfText(text: ReplyText, reader: Reader, language: string): ReadingLevel {
  return readingLevel(
    partsFor(reader).map((part) => text[part]),
    language,
  );
}

/** The age that words should suit which a band reads: that of its youngest, as the coach has it. */
export function readingAgeFor({ stages }: Pick<Band, 'stages'>): number {
  return LIMITS[coachLevelFor(stages)].readingAge;
}

function coachLevelFor(stages: readonly Stage[]): CoachLevel {
  const [youngest] = stages;
  const level = youngest ? levelOf(youngest) : 'p5-p7';
  return level === 'adult' ? 's4-s6' : level;
}

/** Names have no easier word and are not held against a text. */
function hardWordsIn(lines: readonly string[], words: readonly string[]): number {
  const names = new Set(lines.flatMap((line) => [...namesIn(line)]));
  return words.filter((word) => !names.has(word) && hardness(word) > 0).length;
}

/** @param hardPercent words in a hundred that are hard */
function ageOf(wordsPerSentence: number, hardPercent: number): number {
  const spache = 0.121 * wordsPerSentence + 0.082 * hardPercent + 0.659;
  if (spache < LAST_OF_SPACHE) return Math.round(spache) + AGE_OF_GRADE;
  const raw = 0.1579 * hardPercent + 0.0496 * wordsPerSentence + (hardPercent > MANY_HARD ? FOR_MANY_HARD : 0);
  const grade = STEPS.find(([from]) => raw >= from)?.[1] ?? LAST_OF_SPACHE;
  return grade + AGE_OF_GRADE;
}
