import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_STEP, shownProgress } from '../../../server/core/fieldwork/class-shown.ts';

const of = (started: number, finished: number, expected = 30, quiet = 0) =>
  shownProgress({ expected, started, finished, quiet, today: null });
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

  it('compares with those here today once that is said, and counts those who started today', () => {
    const shown = (here: number, startedBefore: number, started: number, finished: number) =>
      shownProgress({ expected: 26, started, finished, quiet: 0, today: { here, startedBefore } });
    expect(shown(24, 0, 24, 24)).toMatchObject({ state: 'all-finished', finished: 22 });
    expect(shown(24, 0, 23, 23)).toMatchObject({ state: 'some-finished', finished: 21 });
    expect(shown(24, 0, 20, 10).today).toEqual({ here: 24, started: 20, isFirstDay: true });
    // Two who were absent come on another day.
    expect(shown(2, 24, 25, 24).today).toEqual({ here: 2, started: 1, isFirstDay: false });
    expect(shown(2, 24, 26, 25)).toMatchObject({ state: 'all-finished', finished: 24 });
  });

  it('tells the same of who has finished whatever is said to be here, and however often that is corrected', () => {
    fc.assert(
      fc.property(classes, sizes, sizes, ({ started, finished, expected }, here, before) => {
        const today = { here, startedBefore: Math.min(before, started) };
        const said = shownProgress({ expected, started, finished, quiet: finished, today });
        const unsaid = shownProgress({ expected, started, finished, quiet: finished, today: null });
        const told = ({ finished: bound, answering, quiet }: typeof said) => ({ bound, answering, quiet });
        expect(told(said)).toEqual(told(unsaid));
        // And what is new is known without: it moves with nobody who finishes.
        const another = shownProgress({ expected, started, finished: 0, quiet: 0, today });
        expect(said.today).toEqual(another.today);
      }),
    );
  });

  it('is true of three numbers of finished pupils at least also where it is said how many are here', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, (started, here, before) => {
        const today = { here, startedBefore: Math.min(before, started) };
        const all = Array.from({ length: started + 1 }, (_, finished) =>
          JSON.stringify(shownProgress({ expected: 30, started, finished, quiet: 0, today })),
        );
        for (const one of started < LEAST_STEP ? [] : new Set(all))
          expect(all.filter((other) => other === one).length).toBeGreaterThanOrEqual(LEAST_STEP);
      }),
    );
  });
});
