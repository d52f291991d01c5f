import { isCommonKey } from './common-words.ts';
import { keyOf } from './keys.ts';

/** A word of a text, and where it stands (UTF-16 code units, the end not included). */
export interface Word {
  start: number;
  end: number;
  /** What it is looked up by. */
  key: string;
  /** The key between hyphens and apostrophes. */
  parts: readonly string[];
  /** Whether it begins with a capital letter. */
  capital: boolean;
  /** Whether a sentence or line begins with it. */
  first: boolean;
  /** Whether it is nothing but common words. */
  common: boolean;
}

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’ʼ-][\p{L}\p{M}\p{N}_]+)*/gu;
const SENTENCE_END = /[.!?؟۔…\n\r]/u;
/** The words of a text in their order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const before = text.slice(words.at(-1)?.end ?? 0, index);
    const key = keyOf(raw);
    const parts = key.split(/['-]/).filter(Boolean);
    words.push({
      start: index,
      end: index + raw.length,
      key,
      parts,
      capital: /^[\p{Lu}\p{Lt}]/u.test(raw),
      first: words.length === 0 || SENTENCE_END.test(before),
      common: isCommonKey(key) || parts.every(isCommonKey),
    });
  }
  return words;
}
