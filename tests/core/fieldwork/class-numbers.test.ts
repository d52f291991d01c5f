import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf, stagesOf } from '../../../server/core/fieldwork/class-list.ts';
import {
  countedOptOuts,
  expectedOf,
  isOptOutCount,
  mostSpares,
  seatsLeft,
  withoutOptOuts,
} from '../../../server/core/fieldwork/class-numbers.ts';
import { minutesAfter } from '../../../server/core/fieldwork/class-state.ts';
import { withoutStarted, type RollGroup } from '../../../server/core/fieldwork/slips.ts';

const group: fc.Arbitrary<RollGroup> = fc.record({
  stage: fc.constantFrom('P5', 'P6', 'S1'),
  class: fc.constantFrom('A', 'B', null),
  sex: fc.constantFrom('female', 'male'),
  quintile: fc.constantFrom(1, 5),
  asn: fc.constantFrom(null, 'yes'),
  pupils: fc.nat(9),
});
const rolls = fc.array(group, { maxLength: 12 });
const total = (groups: readonly { pupils: number }[]) => groups.reduce((sum, { pupils }) => sum + pupils, 0);

describe('the classes of a school', () => {
  it('hold everybody on the roll once', () => {
    fc.assert(
      fc.property(rolls, (roll) => {
        const classes = classesOf(roll);
        expect(total(classes.flatMap(({ parts }) => parts))).toBe(total(roll));
        expect(new Set(classes.map(({ name }) => name)).size).toBe(classes.length);
      }),
    );
  });

  it('are named by the roll, may hold several stages, and are the stage where the roll names none', () => {
    const row = { stage: 'P6', class: 'P6/7', pupils: 3 };
    const roll = [row, { ...row, stage: 'P7' }, row, { ...row, class: null }, { ...row, stage: 'P5', class: 'P5A' }];
    const classes = classesOf(roll);
    expect(classes).toEqual([
      { name: 'P5A', parts: [{ stage: 'P5', class: 'P5A', pupils: 3 }] },
      { name: 'P6', parts: [{ stage: 'P6', class: '', pupils: 3 }] },
      {
        name: 'P6/7',
        parts: [
          { stage: 'P6', class: 'P6/7', pupils: 6 },
          { stage: 'P7', class: 'P6/7', pupils: 3 },
        ],
      },
    ]);
    expect(stagesOf(classes[2]!)).toEqual(['P6', 'P7']);
  });
});

describe('those who do not take part', () => {
  const optOuts = fc.array(
    fc.record({ stage: fc.constantFrom('P5', 'P6'), class: fc.constantFrom('A', ''), pupils: fc.nat(12) }),
    { maxLength: 3 },
  );

  it('are fewer slips, and no slip of such a class knows its group', () => {
    fc.assert(
      fc.property(
        rolls,
        fc.uniqueArray(
          optOuts.map((all) => all[0]),
          { maxLength: 1 },
        ),
        (roll, [one]) => {
          if (!one) return;
          const left = withoutOptOuts(roll, [one]);
          const own = (groups: readonly RollGroup[]) =>
            groups.filter((each) => each.stage === one.stage && (each.class ?? '') === one.class);
          expect(total(own(left))).toBe(Math.max(total(own(roll)) - one.pupils, 0));
          expect(total(left) - total(own(left))).toBe(total(roll) - total(own(roll)));
          if (one.pupils > 0) {
            for (const { sex, quintile, asn } of own(left)) expect([sex, quintile, asn]).toEqual([null, null, null]);
          }
        },
      ),
    );
  });

  it('and those who have started are both left out', () => {
    const roll = [{ stage: 'P5', class: 'A', sex: 'female', quintile: 1, asn: null, pupils: 10 }];
    const expected = withoutOptOuts(roll, [{ stage: 'P5', class: 'A', pupils: 2 }]);
    expect(withoutStarted(expected, [{ stage: 'P5', class: 'A', started: 3 }])).toEqual([
      { stage: 'P5', class: 'A', sex: null, quintile: null, asn: null, pupils: 5 },
    ]);
  });

  it('make the expected number smaller, never below nobody', () => {
    const parts = [
      { stage: 'P5', class: 'A', pupils: 8 },
      { stage: 'P6', class: 'A', pupils: 4 },
    ];
    expect(expectedOf(parts, [])).toBe(12);
    expect(expectedOf(parts, [{ stage: 'P6', class: 'A', pupils: 9 }])).toBe(8);
    expect(expectedOf(parts, [{ stage: 'P6', class: 'B', pupils: 2 }])).toBe(12);
  });

  it('are counted in whole numbers up to the roll', () => {
    const part = { stage: 'P5', class: 'A', pupils: 8 };
    expect([0, 8].every((count) => isOptOutCount(count, part))).toBe(true);
    expect([-1, 9, 1.5, NaN].some((count) => isOptOutCount(count, part))).toBe(false);
  });

  it('are never counted out where they have started, unless that stood there before', () => {
    const numbers = fc.record({ entered: fc.nat(30), roll: fc.nat(30), started: fc.nat(40), before: fc.nat(30) });
    fc.assert(
      fc.property(numbers, ({ entered, roll, started, before }) => {
        const counted = countedOptOuts(entered, roll, started, before);
        expect(counted).toBeGreaterThanOrEqual(0);
        expect(counted).toBeLessThanOrEqual(entered);
        if (counted < entered) expect(counted).toBe(Math.max(roll - started, before, 0));
      }),
    );
    expect(countedOptOuts(12, 14, 3, 0)).toBe(11);
    expect(countedOptOuts(11, 14, 5, 11)).toBe(11);
  });
});

describe('places in a class', () => {
  it('are those expected and the spares', () => {
    expect(seatsLeft({ expected: 2, spares: 0, started: 1 })).toBe(1);
    expect(seatsLeft({ expected: 2, spares: 0, started: 2 })).toBe(0);
    expect(seatsLeft({ expected: 2, spares: 1, started: 2 })).toBe(1);
    expect(seatsLeft({ expected: 1, spares: 0, started: 3 })).toBe(0);
  });

  it('may be added for a quarter of the roll at most, and for three in a small class', () => {
    expect([1, 12, 15, 16, 31, 32].map(mostSpares)).toEqual([3, 3, 3, 4, 7, 8]);
  });
});

describe('how far a class is', () => {
  it('goes by minutes over midnight and the change of clocks', () => {
    expect(minutesAfter('2026-10-25T00:30:00.000Z', 120)).toBe('2026-10-25T02:30:00.000Z');
  });
});
