import type { KeyObject } from 'node:crypto';
import { seal, unseal } from './sealing.ts';

/** What is left of words that were deleted. */
export const NO_WORDS = Buffer.alloc(0);

/** Words and the language that the survey was answered in. */
export interface SealedWords {
  language: string;
  words: string;
}

export function sealWords(key: KeyObject, text: SealedWords): Buffer {
  return seal(key, JSON.stringify(text));
}

/** Words again. @throws if they were sealed under another key or a byte was changed */
export function unsealWords(key: KeyObject, body: Uint8Array): SealedWords {
  return JSON.parse(unseal(key, body)) as SealedWords;
}
