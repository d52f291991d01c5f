import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latticeNodes } from '../../../server/core/disclosure/lattice.ts';
import { protect } from '../../../server/core/disclosure/protection.ts';
import {
  cautionOf,
  leastBaseOf,
  mayShowNumerator,
  mayShowPlace,
  type Standing,
} from '../../../server/core/disclosure/rules.ts';

const TWO: Standing = { schools: 2, agreed: false, primary: true, rate: 0.8 };
const ONE: Standing = { schools: 1, agreed: true, primary: false, rate: 0.8 };

describe('protection', () => {
  it.each([
    [0, 0],
    [2, 0],
    [3, 5],
    [7, 5],
    [8, 10],
    [9, 10],
    [12, 10],
    [13, 15],
  ])('turns %i into the nearest multiple of five, %i', (count, rounded) => {
    expect(protect(count)).toBe(rounded);
  });

  it('is never more than two away, and the same every time', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), (count) => {
        expect(protect(count) % 5).toBe(0);
        expect(Math.abs(protect(count) - count)).toBeLessThanOrEqual(2);
        expect(protect(count)).toBe(protect(count));
      }),
    );
  });

  it.each([[-1], [2.5], [Number.NaN], [Infinity]])('refuses %d, which is no count of persons', (count) => {
    expect(() => protect(count)).toThrow(RangeError);
  });
});

describe('whether a place is shown for a band', () => {
  it.each<[string, Standing, boolean]>([
    ['two primaries', TWO, true],
    ['one secondary that agreed', ONE, true],
    ['one secondary that did not agree', { ...ONE, agreed: false }, false],
    ['one primary that agreed', { ...ONE, primary: true }, false],
    ['two secondaries that did not agree', { ...TWO, primary: false }, true],
    ['no school', { ...TWO, schools: 0 }, false],
    ['no roll', { ...TWO, rate: null }, false],
    ['three in ten answered', { ...TWO, rate: 0.3 }, true],
    ['just under three in ten answered', { ...TWO, rate: 0.2999 }, false],
    ['nobody answered', { ...TWO, rate: 0 }, false],
  ])('%s: %j → %s', (_what, standing, shown) => {
    expect(mayShowPlace(standing)).toBe(shown);
  });
});

describe('whether a table is shown', () => {
  it.each([
    [7, TWO, false],
    [8, TWO, true],
    [9, TWO, true],
    [17, ONE, false],
    [18, ONE, true],
    [18, TWO, true],
  ])('%i asked of %j: %s', (asked, standing, shown) => {
    expect(protect(asked) >= leastBaseOf(standing)).toBe(shown);
  });

  it('says how carefully it is to be read', () => {
    expect([10, 15].map((base) => cautionOf(protect(base)))).toEqual(['cautious', 'cautious']);
    expect([20, 45].map((base) => cautionOf(protect(base)))).toEqual(['flagged', 'flagged']);
    expect([50, 500].map((base) => cautionOf(protect(base)))).toEqual(['none', 'none']);
  });
});

describe('whether a number of answers is shown', () => {
  it.each([
    [0, 40, false],
    [2, 40, false],
    [3, 40, true],
    [37, 40, true],
    [38, 40, false],
    [40, 40, false],
    [20, 40, true],
  ])('%i of %i: %s', (count, base, shown) => {
    expect(mayShowNumerator(protect(count), protect(base))).toBe(shown);
  });

  it('is the same for a number and for its remainder', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.nat({ max: 200 }), (one, other) => {
        const base = protect(protect(one) + protect(other));
        expect(mayShowNumerator(protect(one), base)).toBe(mayShowNumerator(protect(other), base));
      }),
    );
  });
});

describe('the places of a wave', () => {
  const authority = { id: 'strathlorn', name: 'Strathlorn' };
  const schools = ['c', 'b', 'a', 'd'].map((code) => ({ code, special: code === 'd' }));
  const clusters = [
    { code: 'z', name: 'Alder', schools: ['c', 'a'] },
    { code: 'a', name: 'Zennor', schools: ['c', 'b'] },
  ];

  it('are the authority, its clusters by name, what these leave, clusters with every school once, special schools', () => {
    expect(latticeNodes({ authority, schools, clusters })).toEqual([
      { id: 'authority', kind: 'authority', code: 'strathlorn', name: 'Strathlorn', schools: ['a', 'b', 'c', 'd'] },
      { id: 'cluster:z', kind: 'cluster', code: 'z', name: 'Alder', schools: ['a', 'c'] },
      { id: 'cluster:a', kind: 'cluster', code: 'a', name: 'Zennor', schools: ['b', 'c'] },
      { id: 'rest:cluster:z', kind: 'rest', code: 'z', name: 'Alder', schools: ['b', 'd'], of: 'cluster:z' },
      { id: 'rest:cluster:a', kind: 'rest', code: 'a', name: 'Zennor', schools: ['a', 'd'], of: 'cluster:a' },
      { id: 'once:a', kind: 'once', code: 'a', name: 'Zennor', schools: ['b'], of: 'cluster:a' },
      { id: 'special', kind: 'special', code: 'strathlorn', name: 'Strathlorn', schools: ['d'] },
    ]);
  });

  it('have localities where there is more than one', () => {
    const localities = [
      { code: 's', name: 'South', schools: ['a'] },
      { code: 'n', name: 'North', schools: ['b', 'c', 'd'] },
    ];
    const ids = (some: typeof localities) =>
      latticeNodes({ authority, schools, clusters: [], localities: some }).map(({ id }) => id);
    expect(ids(localities)).toEqual([
      'authority',
      'locality:n',
      'locality:s',
      'rest:locality:n',
      'rest:locality:s',
      'special',
    ]);
    expect(ids(localities.slice(1))).toEqual(['authority', 'special']);
  });
});
