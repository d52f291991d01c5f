import { describe, expect, it } from 'vitest';
import { answeringDay } from '../../../server/core/fieldwork/answering-days.ts';

const days = { startsOn: '2026-05-01', endsOn: '2026-06-30' };

describe('the days on which somebody may begin', () => {
  it.each([
    ['2026-04-30T22:59:59.000Z', 'early'],
    ['2026-04-30T23:00:00.000Z', 'open'],
    ['2026-05-20T12:00:00.000Z', 'open'],
    ['2026-06-30T22:59:59.000Z', 'open'],
    ['2026-06-30T23:00:00.000Z', 'late'],
  ])('go from midnight to midnight at schools, an hour before UTC in summer: %s is %s', (at, day) => {
    expect(answeringDay(days, at)).toBe(day);
  });

  it('may be a single one', () => {
    const one = { startsOn: '2026-12-01', endsOn: '2026-12-01' };
    expect(answeringDay(one, '2026-12-01T23:59:00.000Z')).toBe('open');
    expect(answeringDay(one, '2026-12-02T00:00:00.000Z')).toBe('late');
  });
});
