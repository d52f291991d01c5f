/*
 * Lists of phrases as patterns. In a list a phrase is written as it is read, in small letters; "~" at the end of a word
 * stands for any ending ("vap~" for vape, vapes, vaping), "*" for any one word.
 */

/** What stands before or after a word and is part of it: letters and their marks. */
const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}])';
/** Arabic writes "and", "so", "in", "for", "like" and "the" onto the word. */
const ARABIC_PREFIX = '(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)';

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function wordPattern(word: string): string {
  if (word === '*') return "[\\p{L}\\p{M}\\p{N}'-]+";
  const isStem = word.endsWith('~');
  const pattern = escaped(isStem ? word.slice(0, -1) : word) + (isStem ? "[\\p{L}\\p{M}']*" : '');
  return /^\p{Script=Arabic}/u.test(word) ? ARABIC_PREFIX + pattern : pattern;
}

function phrasePattern(phrase: string): string {
  return phrase.split(' ').map(wordPattern).join('[\\s-]+');
}

/** One pattern for a list, to be used on text that `plain` made. An empty list matches nothing. */
export function anyOf(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/u;
  // Longer phrases first, so that what is found is named in full.
  const sorted = phrases.toSorted((one, other) => other.length - one.length);
  return new RegExp(`${BEFORE}(?:${sorted.map(phrasePattern).join('|')})${AFTER}`, 'u');
}

/** The same as the source of a larger pattern. */
export function oneOf(phrases: readonly string[]): string {
  return `(?:${phrases
    .toSorted((one, other) => other.length - one.length)
    .map(phrasePattern)
    .join('|')})`;
}

/** The whole text is one of the phrases, whatever marks stand around it. */
export function onlyOneOf(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/u;
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:${phrases.map(phrasePattern).join('|')})[^\\p{L}\\p{N}]*$`, 'u');
}

/** A pattern of English with letter borders around it. */
export function english(source: string): RegExp {
  return new RegExp(`${BEFORE}(?:${source})${AFTER}`, 'u');
}

/** All that a pattern finds, in order. */
export function allFound(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(new RegExp(pattern.source, 'gu'))].map(([found]) => found.trim());
}
