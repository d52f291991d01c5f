import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOverdue, nextSchoolDay, schoolDate } from '../../../server/core/fieldwork/school-days.ts';

const DAY = 86_400_000;
const anyDay = fc
  .integer({ min: Date.UTC(2020, 0, 1) / DAY, max: Date.UTC(2060, 11, 31) / DAY })
  .map((number) => civil(number));
const numberOf = (day: string) => Date.parse(day) / DAY;

function civil(dayNumber: number): string {
  return new Date(dayNumber * DAY).toISOString().slice(0, 10);
}

/** Monday is 1, Sunday is 7. Day 0 of the calendar that computers count by was a Thursday. */
function weekdayOf(day: string): number {
  return ((numberOf(day) + 3) % 7) + 1;
}

describe('the next school day', () => {
  it.each([
    ['a Monday', '2026-05-04', '2026-05-05'],
    ['a Friday', '2026-05-01', '2026-05-04'],
    ['a Saturday', '2026-05-02', '2026-05-04'],
    ['a Sunday', '2026-05-03', '2026-05-04'],
    ['the last day of a year', '2026-12-31', '2027-01-01'],
    ['the day before the 29th of February', '2028-02-28', '2028-02-29'],
    ['the Friday before clocks change', '2026-03-27', '2026-03-30'],
  ])('after %s', (_what, day, next) => {
    expect(nextSchoolDay(day)).toBe(next);
  });

  it('is not a holiday, however many follow each other', () => {
    expect(nextSchoolDay('2026-05-01', ['2026-05-04'])).toBe('2026-05-05');
    expect(nextSchoolDay('2026-04-30', ['2026-05-01', '2026-05-04', '2026-05-05'])).toBe('2026-05-06');
    expect(nextSchoolDay('2026-04-29', ['2026-05-01'])).toBe('2026-04-30');
  });

  it('is the first later day from Monday to Friday that is not closed, from any day on', () => {
    fc.assert(
      fc.property(anyDay, fc.array(fc.integer({ min: 1, max: 15 })), (day, closedAfter) => {
        const closed = closedAfter.map((days) => civil(numberOf(day) + days));
        const next = nextSchoolDay(day, closed);
        const isOpen = (one: string) => weekdayOf(one) <= 5 && !closed.includes(one);
        expect(numberOf(next)).toBeGreaterThan(numberOf(day));
        expect(isOpen(next)).toBe(true);
        for (let between = numberOf(day) + 1; between < numberOf(next); between += 1)
          expect(isOpen(civil(between))).toBe(false);
      }),
    );
  });

  it.each(['', '01/05/2026', '2026-5-1', '2026-13-01', '2026-02-30', 'tomorrow', '2026-05-01T09:00:00.000Z'])(
    'is refused for "%s", with what was expected',
    (day) => {
      expect(() => nextSchoolDay(day)).toThrow(/Expected a civil date such as 2026-05-01/);
    },
  );
});

describe('the civil date at schools', () => {
  it.each([
    ['in the middle of a day', '2026-05-01T09:00:00.000Z', '2026-05-01'],
    ['late on a summer evening, when it is past midnight there', '2026-05-01T23:30:00.000Z', '2026-05-02'],
    ['late on a winter evening', '2026-01-15T23:30:00.000Z', '2026-01-15'],
    ['at midnight', '2026-01-15T00:00:00.000Z', '2026-01-15'],
  ])('%s', (_when, at, day) => {
    expect(schoolDate(at)).toBe(day);
  });
});

describe('what is due on a day', () => {
  it('is overdue from the day after it', () => {
    expect(isOverdue('2026-05-04', '2026-05-03')).toBe(false);
    expect(isOverdue('2026-05-04', '2026-05-04')).toBe(false);
    expect(isOverdue('2026-05-04', '2026-05-05')).toBe(true);
    expect(isOverdue('2026-12-31', '2027-01-01')).toBe(true);
  });
});
