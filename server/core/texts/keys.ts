/** Letters of Arabic script that are one letter to whoever writes in haste. */
const ALIKE: Record<string, string> = { ى: 'ي', ی: 'ي', ة: 'ه', ہ: 'ه', ۃ: 'ه', ک: 'ك' };

/** What a word is looked up by: lower case, without accents, vowel signs and lengthening; apostrophes straight. */
export function keyOf(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[’ʼ]/gu, "'")
    .replace(/[ىیةہۃک]/gu, (letter) => ALIKE[letter] ?? letter)
    .toLowerCase();
}

/** The keys of a list of words with spaces between them. */
export function keysOf(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter(Boolean).map(keyOf));
}
