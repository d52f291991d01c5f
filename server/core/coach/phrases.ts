/*
 * Lists of phrases as patterns. In a list a phrase is written as it is read, in small letters; "~" at the end of a word
 * stands for any ending ("vap~" for vape, vapes, vaping), "*" for any one word, "*n't" for every word that ends so.
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
  if (word.startsWith('*')) return `\\p{L}+${escaped(word.slice(1))}`;
  const isStem = word.endsWith('~');
  const pattern = escaped(isStem ? word.slice(0, -1) : word) + (isStem ? "[\\p{L}\\p{M}']*" : '');
  return /^\p{Script=Arabic}/u.test(word) ? ARABIC_PREFIX + pattern : pattern;
}

function phrasePattern(phrase: string): string {
  return phrase.split(' ').map(wordPattern).join('[\\s-]+');
}

const ANY = new WeakMap<readonly string[], RegExp>();
const ONLY = new WeakMap<readonly string[], RegExp>();
const EVERYWHERE = new WeakMap<RegExp, RegExp>();

/** A pattern that was made before, since lists are long and never change. */
function kept<Key extends object>(made: WeakMap<Key, RegExp>, key: Key, make: (key: Key) => RegExp): RegExp {
  const known = made.get(key);
  if (known) return known;
  const pattern = make(key);
  made.set(key, pattern);
  return pattern;
}

/** One pattern for a list, to be used on text that `plain` made. An empty list matches nothing. */
export function anyOf(phrases: readonly string[]): RegExp {
  return kept(ANY, phrases, makeAnyOf);
}

function makeAnyOf(phrases: readonly string[]): RegExp {
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
  return kept(ONLY, phrases, makeOnlyOneOf);
}

function makeOnlyOneOf(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/u;
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:${phrases.map(phrasePattern).join('|')})[^\\p{L}\\p{N}]*$`, 'u');
}

/** A pattern of English with letter borders around it. */
export function english(source: string): RegExp {
  return new RegExp(`${BEFORE}(?:${source})${AFTER}`, 'u');
}

/** All that a pattern finds, in order. */
export function allFound(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(everywhere(pattern))].map(([found]) => found.trim());
}

/** The same pattern, to be found more than once. */
export function everywhere(pattern: RegExp): RegExp {
  return kept(EVERYWHERE, pattern, ({ source }) => new RegExp(source, 'gu'));
}

/** A text without what a pattern finds. */
export function without(pattern: RegExp, text: string): string {
  return text.replace(everywhere(pattern), ' ');
}
