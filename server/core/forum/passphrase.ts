/*
 * Pass-phrases of words: a member keeps theirs in the head or on paper, and nobody needs an e-mail address to reset one.
 */

/** Whole numbers below a bound, each as likely; handed in, since core has no chance of its own. */
export type Chance = (bound: number) => number;

/** Bits of chance that a pass-phrase has at least. With a hundred tries an hour by name, guessing it takes for ever. */
export const LEAST_BITS = 40;

/** No pass-phrase has fewer words, however many there are to draw from. */
const FEWEST_WORDS = 4;

/**
 * A pass-phrase of so many words that it has LEAST_BITS.
 * @param words different ones
 * @throws if there are too few words to make a phrase that can be remembered
 */
export function makePassphrase(words: readonly string[], chance: Chance): string {
  const bits = Math.log2(words.length);
  const count = Math.max(FEWEST_WORDS, Math.ceil(LEAST_BITS / bits));
  if (!(count <= 7)) throw new Error(`Expected at least 100 words to draw from, found ${words.length}. Add some.`);
  return Array.from({ length: count }, () => words[chance(words.length)]!).join(' ');
}

/** Whether something that was typed can be a pass-phrase of ours; a password of other people is compared exactly. */
export function looksLikePassphrase(typed: string): boolean {
  return plainPassphrase(typed).split(' ').length >= FEWEST_WORDS;
}

/** A pass-phrase as it is compared: how it is spaced and capitalised does not matter. */
export function plainPassphrase(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
