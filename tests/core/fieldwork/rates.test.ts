import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catchUpList, shownRate, type RateInput, type RatePlace } from '../../../server/core/fieldwork/rates.ts';

const everything: RatePlace = { id: 'all', name: 'All', schools: null, stage: null };
const input = (pupils: number, optOuts: number, answered: number): RateInput => ({
  roll: [{ schoolId: 'a', stage: 'P5', pupils }],
  optOuts: [{ schoolId: 'a', stage: 'P5', pupils: optOuts }],
  answered: [{ schoolId: 'a', stage: 'P5', answered }],
  absent: [],
});

describe('the rate that those who chase see', () => {
  it('is of the roll less opt-outs, from counts rounded to five', () => {
    expect(shownRate(input(104, 4, 63), everything, 80)).toEqual({
      expected: 100,
      answered: 65,
      percent: 65,
      wanting: 15,
      absent: null,
    });
  });

  it.each([
    [
      'a roll under ten',
      input(9, 0, 9),
      { expected: null, answered: null, percent: null, wanting: null, absent: null },
    ],
    ['answers under ten', input(60, 0, 9), { expected: 60, answered: null, percent: null, wanting: 50, absent: null }],
    [
      'more answers than pupils',
      input(50, 0, 58),
      { expected: 50, answered: 60, percent: 100, wanting: 0, absent: null },
    ],
    [
      'everybody opted out',
      input(50, 50, 0),
      { expected: null, answered: null, percent: null, wanting: null, absent: null },
    ],
  ])('of %s', (_what, given, shown) => {
    expect(shownRate(given, everything, 80)).toEqual(shown);
  });

  it('of a place takes its schools and stage alone', () => {
    const two: RateInput = {
      roll: [
        { schoolId: 'a', stage: 'P5', pupils: 30 },
        { schoolId: 'a', stage: 'P6', pupils: 40 },
        { schoolId: 'b', stage: 'P5', pupils: 50 },
      ],
      optOuts: [],
      answered: [{ schoolId: 'a', stage: 'P6', answered: 20 }],
      absent: [],
    };
    expect(shownRate(two, { ...everything, schools: new Set(['a']) }, null).expected).toBe(70);
    expect(shownRate(two, { ...everything, stage: 'P5' }, null).expected).toBe(80);
    expect(shownRate(two, { ...everything, schools: new Set(['a']), stage: 'P6' }, null).percent).toBe(50);
  });

  it('is the same for counts that are rounded alike, so that one child more is mostly not seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 10, max: 400 }), (pupils, answered) => {
        const shown = shownRate(input(pupils, 0, answered), everything, 80);
        expect(shown.expected! % 5).toBe(0);
        expect(shown.answered! % 5).toBe(0);
        const alike = Math.round(answered / 5) * 5;
        expect(shownRate(input(pupils, 0, Math.max(alike, 10)), everything, 80)).toEqual(shown);
      }),
    );
  });
});

describe('the catch-up list', () => {
  it('has schools that are short, those that want most first', () => {
    const school = (name: string, pupils: number, answered: number) => ({
      name,
      rate: shownRate(input(pupils, 0, answered), everything, 80),
    });
    const list = catchUpList([
      school('full', 100, 90),
      school('some', 100, 60),
      school('most', 200, 50),
      school('tiny', 8, 0),
    ]);
    expect(list.map(({ name }) => name)).toEqual(['most', 'some']);
  });

  it('says how many were absent, rounded and hidden under ten, and has schools that are not short but wanted many', () => {
    const school = (name: string, absent: number, answered: number, target: number | null = 80) => ({
      name,
      rate: shownRate({ ...input(100, 0, answered), absent: [{ schoolId: 'a', pupils: absent }] }, everything, target),
    });
    const list = catchUpList([
      school('few', 9, 90),
      school('many', 17, 90),
      school('short', 9, 60),
      school('most', 26, 85, null),
    ]);
    expect(list.map(({ name, rate }) => [name, rate.absent])).toEqual([
      ['short', null],
      ['most', 25],
      ['many', 15],
    ]);
    const other = { ...input(100, 0, 90), absent: [{ schoolId: 'b', pupils: 30 }] };
    expect(shownRate(other, { ...everything, schools: new Set(['a']) }, 80).absent).toBeNull();
    expect(shownRate(other, { ...everything, stage: 'P5' }, 80).absent).toBeNull();
  });
});
