import type { TopicId } from '../survey/topics.ts';
import type { CoachLevel, CoachRule } from './draft.ts';
import arabic from './words/ar.json' with { type: 'json' };
import englishWords from './words/en.json' with { type: 'json' };

/* The words that the coach knows of each language. Phrases are written as phrases.ts says. */

/** Topics that are sensitive: those with a gate, and bullying, which every stage may be asked late in a survey. */
export type SensitiveTopic = TopicId | 'bullying';

/** What a list of each language holds, whatever the language. */
export interface WordLists {
  optOuts: string[];
  /** Ways out of a list of things, which are not one more thing. */
  noneOfThese: string[];
  denials: string[];
  agreement: string[];
  agreeInText: string[];
  notAgreement: string[];
  negatives: string[];
  harmlessNegatives: string[];
  leadingPhrases: string[];
  sensitive: Record<SensitiveTopic, string[]>;
  notSensitive: string[];
  family: string[];
  familyOpen: string[];
  abstract: Record<CoachLevel, string[]>;
  explains: string[];
}

/** What only English has: the rules that read how a sentence is made. */
export type EnglishLists = WordLists & typeof englishWords;

export const ENGLISH: EnglishLists = englishWords;

/** How far back a phrase of Arabic reaches, in days. */
export const ARABIC_RECALL = arabic.recall as [phrase: string, days: number][];

const LISTS = new Map<string, WordLists>([
  ['en', ENGLISH],
  ['ar', arabic],
]);

/** The lists of a language by its tag (`en-GB` has those of `en`); undefined where there are none. */
export function listsOf(language: string): WordLists | undefined {
  return LISTS.get(primaryTag(language));
}

/** The first part of a language tag. */
export function primaryTag(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}

/** Rules that count or compare figures and need no words of a language. */
export const RULES_OF_FIGURES: readonly CoachRule[] = [
  'too-long',
  'too-many-options',
  'unlabelled-options',
  'overlapping-options',
  'grid-too-big',
];

/** Rules that are judged in full only where the coach reads English; in Arabic what the lists name is found, no more. */
export function isJudgedInFull(rule: CoachRule, language: string): boolean {
  return primaryTag(language) === 'en' || RULES_OF_FIGURES.includes(rule);
}
