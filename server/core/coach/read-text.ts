/* How a text is taken apart, alike in every language. */

/** A text as it is compared: composed, small letters, plain apostrophes and spaces, nothing invisible. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640]/g, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”«»]/g, '"')
    .replace(/[‐‑]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,:-][\p{L}\p{M}\p{N}]+)*/gu;

/** The words of a text in their order; "well-known", "don't" and "1.5" are one each. */
export function wordsIn(text: string): string[] {
  return text.match(WORD) ?? [];
}

const SENTENCE = /[^.!?؟。]+(?:[.!?؟。](?=\d)[^.!?؟。]*)*[.!?؟。]*/gu;

/** The sentences of a text with the marks that end them. */
export function sentencesIn(text: string): string[] {
  return (text.match(SENTENCE) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsIn(sentence).length > 0);
}

/**
 * The part of a text that asks: its sentences that end with a question mark; where none does, the whole. What is
 * said before ("You do not have to answer.") is judged for its length and words, not for how it asks.
 */
export function askingPart(text: string): string {
  const asking = sentencesIn(text).filter((sentence) => /[?？؟]$/u.test(sentence));
  return asking.length > 0 ? asking.join(' ') : text;
}
