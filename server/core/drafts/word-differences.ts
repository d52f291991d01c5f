import { diffWords } from 'diff';

/** A run of words that both texts have, or only one of them. */
export interface WordRun {
  words: string;
  state: 'same' | 'added' | 'removed';
}

/**
 * What changed from one text to another, word by word, in reading order: what was removed before what came in its place.
 * @param language whose rules say where a word ends
 */
export function wordDifferences(before: string, after: string, language: string): WordRun[] {
  const runs = diffWords(before, after, { intlSegmenter: new Intl.Segmenter(language, { granularity: 'word' }) });
  return runs.map(({ value, added, removed }) => ({
    words: value,
    state: added ? 'added' : removed ? 'removed' : 'same',
  }));
}
