import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursFault, isOpenAt, nextOpening, WEEKDAYS } from '../../../server/core/forum/opening-hours.ts';

/* 2026-05-07 is a Thursday; schools are an hour ahead of UTC from the end of March to the end of October. */
const thursday = [{ weekday: 4, opensAt: '16:00', closesAt: '18:00' }] as const;

describe('opening hours', () => {
  it.each([
    ['2026-05-07T14:59:59.000Z', false],
    ['2026-05-07T15:00:00.000Z', true],
    ['2026-05-07T16:59:59.000Z', true],
    ['2026-05-07T17:00:00.000Z', false],
    ['2026-05-08T15:30:00.000Z', false],
    ['2026-12-03T16:00:00.000Z', true],
    ['2026-12-03T15:30:00.000Z', false],
  ])('are those of clocks at schools, summer and winter: at %s it is %s', (at, open) => {
    expect(isOpenAt(thursday, at)).toBe(open);
  });

  it('tell when the forum opens next, today or on a later day', () => {
    expect(nextOpening(thursday, '2026-05-07T10:00:00.000Z')).toBe('2026-05-07T15:00:00.000Z');
    expect(nextOpening(thursday, '2026-05-07T17:30:00.000Z')).toBe('2026-05-14T15:00:00.000Z');
    expect(nextOpening(thursday, '2026-10-24T12:00:00.000Z')).toBe('2026-10-29T16:00:00.000Z');
    expect(nextOpening([], '2026-05-07T10:00:00.000Z')).toBeUndefined();
  });

  it('open at the moment that was told, and not before', () => {
    const times = fc.tuple(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 0, max: 59 }));
    const clock = ([hour, minute]: [number, number]) => `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`;
    const day = fc.record({ weekday: fc.constantFrom(...WEEKDAYS), at: times });
    const week = fc.uniqueArray(day, { selector: ({ weekday }) => weekday, minLength: 1, maxLength: 7 });
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(week, moment, (days, date) => {
        const hours = days.map(({ weekday, at }) => ({ weekday, opensAt: clock(at), closesAt: '23:00' }));
        const at = date.toISOString();
        fc.pre(!isOpenAt(hours, at));
        const opensAt = nextOpening(hours, at)!;
        expect(opensAt > at).toBe(true);
        expect(isOpenAt(hours, opensAt)).toBe(true);
        expect(isOpenAt(hours, new Date(Date.parse(opensAt) - 1).toISOString())).toBe(false);
      }),
    );
  });

  it.each([
    ['', '', null],
    ['16:00', '18:00', null],
    ['16:00', '', 'half'],
    ['25:00', '26:00', 'not-a-time'],
    ['four', '18:00', 'not-a-time'],
    ['18:00', '16:00', 'closes-first'],
    ['18:00', '18:00', 'closes-first'],
  ])('from %s to %s: %s', (opensAt, closesAt, fault) => {
    expect(hoursFault(opensAt, closesAt)).toBe(fault);
  });
});
