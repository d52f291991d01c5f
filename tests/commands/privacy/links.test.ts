import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import {
  hangsTogether,
  linksByValue,
  rankCorrelation,
  sharedNeighbours,
  smallestMatch,
} from '../../../server/commands/privacy/links.ts';

const random = seededRandom('links');
const places = Array.from({ length: 200 }, (_, index) => index);

describe('rows of one person in two tables', () => {
  const code = { hmac: 'aBcDeFgHiJkL', wave_id: 'the-wave-of-both', state: 'spent' };
  const sha = createHash('sha256').update('aBcDeFgHiJkL').digest('hex');

  it.each([
    ['share nothing but their wave', { id: 'zYxWvUtSrQpO', wave_id: 'the-wave-of-both', state: 'spent' }, 0],
    ['share a key', { id: 'aBcDeFgHiJkL', wave_id: 'the-wave-of-both' }, 1],
    ['share a key as a hash', { id: sha, wave_id: 'the-wave-of-both' }, 1],
  ])('%s', (_what, other, links) => {
    expect(linksByValue([{ one: code, other }])).toBe(links);
  });

  it('share a key in bytes', () => {
    const bytes = Buffer.from('0123456789');
    expect(linksByValue([{ one: { body: bytes }, other: { answers: Uint8Array.from(bytes) } }])).toBe(1);
  });
});

describe('what a row says of its group', () => {
  const rows = [
    { school: 'a', sex: 'female' },
    { school: 'a', sex: null },
    { school: 'b', sex: 'female' },
  ];

  it('leaves those who may be meant, also where less is known of them', () => {
    expect(smallestMatch({ school: 'a', sex: 'female' }, rows, ['school', 'sex'])).toBe(2);
    expect(smallestMatch({ school: null, sex: null }, rows, ['school', 'sex'])).toBe(3);
    expect(smallestMatch({ school: 'b', sex: 'male' }, rows, ['school', 'sex'])).toBe(0);
  });
});

describe('two orders', () => {
  it('hang together where one follows from the other, forwards or backwards, and roughly', () => {
    const noisy = places.map((place) => place + 60 * random.normal());
    expect(rankCorrelation(places, places)).toBe(1);
    expect(rankCorrelation(places, places.toReversed())).toBe(-1);
    expect(hangsTogether(places, places.toReversed())).toBe(true);
    expect(hangsTogether(places, noisy)).toBe(true);
    expect(sharedNeighbours(places, places)).toBe(199);
  });

  it('do not where one was shuffled', () => {
    let together = 0;
    for (let trial = 0; trial < 300; trial += 1) {
      const shuffled = random.shuffled(places);
      if (hangsTogether(places, shuffled)) together += 1;
      expect(sharedNeighbours(places, shuffled)).toBeLessThan(10);
    }
    expect(together).toBeLessThanOrEqual(1);
  });
});
