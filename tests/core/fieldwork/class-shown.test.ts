import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_STEP, shownProgress } from '../../../server/core/fieldwork/class-shown.ts';

const of = (started: number, finished: number, expected = 30, quiet = 0) =>
  shownProgress({ expected, started, finished, quiet });
/** What is shown for each number of finished pupils there can be. */
const displays = (started: number, expected: number) =>
  Array.from({ length: started + 1 }, (_, finished) => JSON.stringify(of(started, finished, expected)));
const sizes = fc.integer({ min: 0, max: 60 });
const classes = fc.tuple(sizes, sizes, sizes).map(([one, other, expected]) => ({
  started: Math.max(one, other),
  finished: Math.min(one, other),
  expected,
}));

describe('what a teacher is told of a class', () => {
  it('is true of three numbers of finished pupils at least, so that it never moves because of one', () => {
    fc.assert(
      fc.property(sizes, sizes, (started, expected) => {
        const all = displays(started, expected);
        if (started < LEAST_STEP) expect(new Set(all).size).toBe(1);
        for (const shown of started < LEAST_STEP ? [] : new Set(all)) {
          const alike = all.flatMap((one, finished) => (one === shown ? [finished] : []));
          expect(alike.length).toBeGreaterThanOrEqual(LEAST_STEP);
          // Each display comes once on the way and never back.
          expect(alike.at(-1)! - alike[0]! + 1).toBe(alike.length);
        }
      }),
    );
  });

  it('stays as it is whatever the last two do, also of a class that was done before they came', () => {
    fc.assert(
      fc.property(sizes, sizes, (started, expected) => {
        if (started < 2) return;
        const [all, butOne, butTwo] = [0, 1, 2].map((left) => of(started, started - left, expected));
        expect(butOne).toEqual(all);
        expect(butTwo).toEqual(all);
      }),
    );
    // Eleven are done, one was absent and comes alone: saying no at once looks like answering for an hour.
    expect(of(12, 11)).toEqual(of(12, 12));
  });

  it('is true', () => {
    fc.assert(
      fc.property(classes, ({ started, finished, expected }) => {
        const shown = of(started, finished, expected);
        expect(shown).toMatchObject({ started, expected });
        expect(shown.finished ?? 0).toBeLessThanOrEqual(finished);
        expect(shown.answering ?? Infinity).toBeGreaterThanOrEqual(started - finished);
        if (shown.state.endsWith('finished')) expect(started - finished).toBeLessThan(LEAST_STEP);
      }),
    );
  });

  it('is one sentence and two bounds', () => {
    expect(of(0, 0)).toMatchObject({ state: 'waiting', finished: null, answering: null });
    expect(of(4, 4)).toMatchObject({ state: 'few', finished: null, answering: null });
    expect(of(10, 2)).toMatchObject({ state: 'answering', finished: null, answering: null });
    expect(of(10, 3)).toMatchObject({ state: 'answering', finished: 3, answering: 7 });
    expect(of(10, 7)).toMatchObject({ state: 'answering', finished: 3, answering: 7 });
    expect(of(10, 8)).toMatchObject({ state: 'some-finished', finished: 8, answering: 2 });
    expect(of(10, 10, 10)).toMatchObject({ state: 'all-finished', finished: 8, answering: 2 });
  });

  it('tells of quiet devices by three: one that goes quiet has not said no', () => {
    expect([0, 1, 2, 3, 5, 6].map((quiet) => of(20, 5, 20, quiet).quiet)).toEqual([0, 0, 0, 3, 3, 6]);
  });
});
