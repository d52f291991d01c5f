import { describe, expect, it } from 'vitest';
import { protect, type ProtectedCount } from '../../../server/core/disclosure/protection.ts';
import { outcomesTogether } from '../../../server/core/statistics/outcomes-together.ts';
import { releaseOfTables } from './release-of-tables.ts';

/* How much more often poor outcomes come together than by chance, from what a release shows. */

const QUESTIONS = ['safe', 'happy', 'rested', 'heard'];
const OUTCOMES = QUESTIONS.map((question) => ({ question, anyOf: ['yes'] }));
const AT = { node: 'authority', band: 'p5-p7' };

/** Four outcomes that half of those who answered have: 5 of 16 have three or more by chance. */
function together(base: number, counts: Record<string, number | null>, groups: string[] = ['']) {
  const shown = (count: number | null): ProtectedCount | null => (count === null ? null : protect(count));
  const half = protect(base / 2);
  const release = releaseOfTables(
    [
      {
        item: 'several-outcomes',
        base: protect(base),
        counts: Object.fromEntries(Object.entries(counts).map(([code, count]) => [code, shown(count)])),
      },
      ...QUESTIONS.map((item) => ({ item, base: protect(base), counts: { yes: half, no: half } })),
    ],
    groups,
  );
  return outcomesTogether(release, AT, OUTCOMES);
}

describe('outcomes together', () => {
  it('expect three or more among those whose numbers of outcomes are shown, where not-all-answered is hidden', () => {
    // 320 answered everything and 100 are expected; 480 left a question blank, which is hidden.
    const counts = { none: 20, one: 80, two: 120, 'three-or-more': 100, 'not-all-answered': null };
    expect(together(800, counts)?.ratio).toBe(1);
  });

  it('take those who did not answer everything off the base where a number of outcomes is hidden', () => {
    const counts = { none: null, one: 80, two: 120, 'three-or-more': 100, 'not-all-answered': 480 };
    expect(together(800, counts)?.ratio).toBe(1);
  });

  it('say nothing where nobody can tell how many answered everything', () => {
    const counts = { none: null, one: 80, two: 120, 'three-or-more': 100, 'not-all-answered': null };
    expect(together(800, counts)).toBeUndefined();
  });

  it('say nothing where rounding moves the number found by as much as chance', () => {
    const many = { none: 0, one: 5, two: 5, 'three-or-more': 10, 'not-all-answered': 0 };
    // 20 persons, of whom 6.25 are expected: chance moves that by 2.5, and rounding by 2.
    expect(together(20, many)).toBeDefined();
    // As many of each sex: 12.5 are expected, chance moves that by 3.5, and two roundings by 4.
    expect(together(20, many, ['', 'sex=female', 'sex=male'])).toBeUndefined();
  });
});
