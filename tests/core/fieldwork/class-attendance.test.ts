import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceOf, isHereCount, mostHere, stillAbsent } from '../../../server/core/fieldwork/class-attendance.ts';

describe('how many are here', () => {
  it('is a whole number from one to the roll and the places added', () => {
    const most = mostHere(12, 2);
    expect([1, 12, 14].every((here) => isHereCount(here, most))).toBe(true);
    expect([0, 15, -1, 1.5, NaN].some((here) => isHereCount(here, most))).toBe(false);
  });

  it('leaves those expected who have not started and are not here', () => {
    expect(absenceOf(26, { here: 24, startedBefore: 0 })).toEqual({ absent: 2, reached: 24 });
    expect(absenceOf(26, { here: 1, startedBefore: 24 })).toEqual({ absent: 1, reached: 25 });
    expect(absenceOf(26, { here: 27, startedBefore: 0 })).toEqual({ absent: 0, reached: 27 });
    expect(absenceOf(26, { here: null, startedBefore: 3 })).toEqual({ absent: null, reached: null });
  });

  it('is fewer absent with each who starts beyond those reached, and never below nobody', () => {
    const absence = { absent: 2, reached: 24 };
    expect([20, 24, 25, 26, 30].map((started) => stillAbsent(absence, started))).toEqual([2, 2, 1, 0, 0]);
    expect(stillAbsent({ absent: null, reached: null }, 3)).toBe(0);
  });

  it('comes to the class: those reached and those absent are those expected, unless more came', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (expected, here, startedBefore) => {
        const { absent, reached } = absenceOf(expected, { here, startedBefore });
        expect(Math.max(expected, reached!)).toBe(reached! + absent!);
      }),
    );
  });
});
