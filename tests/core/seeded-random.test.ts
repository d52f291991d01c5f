import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../server/core/seeded-random.ts';
import { shareOut } from '../../server/commands/seed/shares.ts';

const draws = (seed: string, count = 20_000) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('seeded chance', () => {
  it('is the same for the same seed and another for another', () => {
    expect(draws('a', 50)).toEqual(draws('a', 50));
    const both = new Set([...draws('a', 50), ...draws('b', 50)]);
    expect(both.size).toBe(100);
  });

  it('is even over the whole range', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const draw of draws('even')) tenths[Math.floor(draw * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('draws normal numbers and weighted places as often as it should', () => {
    const random = seededRandom('normal');
    const normals = Array.from({ length: 20_000 }, () => random.normal());
    const mean = normals.reduce((sum, value) => sum + value, 0) / normals.length;
    const variance = normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    const places = [0, 0, 0];
    for (let turn = 0; turn < 10_000; turn += 1) places[random.weighted([1, 0, 3])]! += 1;
    expect(places[1]).toBe(0);
    expect(Math.abs(places[2]! - 7500)).toBeLessThan(250);
  });

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const shuffled = seededRandom('s').shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });
});

describe('sharing out', () => {
  const sharers = fc.array(
    fc.record({ weight: fc.double({ min: 0.01, max: 100, noNaN: true }), least: fc.nat(20), room: fc.nat(50) }),
    { minLength: 1, maxLength: 40 },
  );

  it('gives exactly the total and stays within every bound', () => {
    fc.assert(
      fc.property(sharers, fc.double({ min: 0, max: 1, noNaN: true }), (found, part) => {
        const bounded = found.map(({ weight, least, room }) => ({ weight, least, most: least + room }));
        const sum = (field: 'least' | 'most') => bounded.reduce((total, sharer) => total + sharer[field], 0);
        const total = Math.round(sum('least') + part * (sum('most') - sum('least')));
        const shares = shareOut(total, bounded);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
        shares.forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(bounded[index]!.least);
          expect(share).toBeLessThanOrEqual(bounded[index]!.most);
        });
      }),
    );
  });

  it('gives in proportion to weights where no bound is in the way', () => {
    const free = (weight: number) => ({ weight, least: 0, most: 1000 });
    expect(shareOut(100, [free(1), free(2), free(7)])).toEqual([10, 20, 70]);
  });

  it('refuses a total that the bounds exclude', () => {
    expect(() => shareOut(11, [{ weight: 1, least: 0, most: 10 }])).toThrow(/expected a number from 0 to 10/);
  });
});
