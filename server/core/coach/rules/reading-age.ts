import { daleChall } from 'dale-chall';
import { syllable } from 'syllable';
import { isCommonKey } from '../../texts/common-words.ts';
import { baseForms } from '../base-forms.ts';
import type { Verdict } from '../draft.ts';
import { ENGLISH } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf } from '../phrases.ts';
import { wordsIn } from '../read-text.ts';
import { abstractWordsIn } from './abstract-word.ts';

const FAMILIAR = new Set<string>([...daleChall, ...ENGLISH.familiar]);
const FORMAL = anyOf(ENGLISH.formal);
/** Syllables from which a word that few children know is hard, and very hard. */
const LONG = 3;
const VERY_LONG = 4;
const FORMAL_POINTS = 3;

/**
 * Words that are too hard for the level. Formulas of readability measure passages of a hundred words; on single
 * questions they find the harder of two no better than chance (Lenzner 2014, Sociological Methods & Research 43(4)),
 * and word familiarity is what slows readers of questions (Lenzner, Kaczmirek & Lenzner 2010). So words are weighed
 * one by one: not among those that four in five nine-year-olds know (Dale & Chall 1995) nor among those that children write
 * in surveys, and the more so the more syllables they have. How long a question is, is judged by `too-long`.
 */
export function readingAge(looked: LookedAt): Verdict {
  const { draft, isEnglish, limits } = looked;
  if (!isEnglish) return 'not-judged';
  const hard = hardWords(looked);
  const points = hard.reduce((sum, word) => sum + word.points, 0);
  if (points <= limits.hardness || draft.kind === 'information') return 'kept';
  const words = hard
    .toSorted((one, other) => other.points - one.points)
    .slice(0, 3)
    .map(({ word }) => word);
  return { reason: { why: 'reading-age', values: { words: words.join(', '), age: limits.readingAge } } };
}

interface HardWord {
  word: string;
  points: number;
}

function hardWords({ draft, lists, text, rows }: LookedAt): HardWord[] {
  const texts = [text, ...rows];
  // An abstract word has a rule of its own and is not held against the question twice.
  const abstract = new Set(
    abstractWordsIn(texts, lists?.abstract[draft.level] ?? []).flatMap((words) => wordsIn(words)),
  );
  const names = namesIn(draft.text);
  const known = new Map<string, number>();
  for (const word of texts.flatMap((one) => wordsIn(one))) {
    if (!abstract.has(word) && !names.has(word)) known.set(word, hardness(word));
  }
  return [...known].filter(([, points]) => points > 0).map(([word, points]) => ({ word, points }));
}

/** Points of a word: 0 for one that children know. */
export function hardness(word: string): number {
  if (allFound(FORMAL, word).includes(word)) return FORMAL_POINTS;
  if (/\d/.test(word) || isFamiliar(word)) return 0;
  const parts = word.split('-');
  if (parts.length > 1 && parts.every(isFamiliar)) return 0;
  // An ending makes a word longer, not harder: "considering" is read as "consider".
  const syllables = Math.min(...baseForms(word).map((form) => syllable(form)));
  if (syllables >= VERY_LONG) return 3;
  return syllables >= LONG ? 2 : 1;
}

function isFamiliar(word: string): boolean {
  const bare = word.replace(/'(?:s|re|ve|ll|d|m)?$/, '').replace(/n't$/, '');
  return bare.length < 3 || baseForms(bare).some((form) => FAMILIAR.has(form) || isCommonKey(form));
}

/** Words with a capital inside a sentence: names, which have no easier word. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(?<=[\p{L},] )\p{Lu}[\p{L}'-]+/gu)].map(([name]) => name.toLowerCase()));
}
