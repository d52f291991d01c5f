import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_BITS, makePassphrase, plainPassphrase } from '../../../server/core/forum/passphrase.ts';
import { namesHarm } from '../../../server/core/forum/harm-words.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import { passphraseWords } from '../../../server/studio/forum/passphrase-words.ts';
import { isUnkind } from '../../../server/studio/forum/unkind-words.ts';

describe.each(['en', 'ar'] as const)('pass-phrases in %s', (language) => {
  const words = passphraseWords(language);

  it('have enough chance in them, from different words', () => {
    expect(new Set(words.map(plainPassphrase)).size).toBe(words.length);
    const phrase = makePassphrase(words, (bound) => seededRandom('phrase').below(bound));
    expect(phrase.split(' ').length * Math.log2(words.length)).toBeGreaterThanOrEqual(LEAST_BITS);
  });

  it('are made of words that nobody minds', () => {
    expect(words.filter((word) => namesHarm(word) || isUnkind(word))).toEqual([]);
  });
});

describe('a pass-phrase', () => {
  it('draws every word as it is told', () => {
    const words = Array.from({ length: 2048 }, (_, index) => `w${index}`);
    let next = 0;
    expect(makePassphrase(words, (bound) => (next += 1) % bound)).toBe('w1 w2 w3 w4');
  });

  it('is not made of a handful of words', () => {
    expect(() => makePassphrase(['one', 'two'], () => 0)).toThrow(/at least 100 words/);
  });

  it('is the same however it is spaced and capitalised', () => {
    expect(plainPassphrase('  River CANDLE\tpaper  moon ')).toBe('river candle paper moon');
    fc.assert(fc.property(fc.string(), (typed) => plainPassphrase(plainPassphrase(typed)) === plainPassphrase(typed)));
  });
});
