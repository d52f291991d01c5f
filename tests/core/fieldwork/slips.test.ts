import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarsen, LEAST_IN_GROUP, withoutStarted, type RollGroup } from '../../../server/core/fieldwork/slips.ts';

const CLASSES = [
  { stage: 'P6', class: 'P6A' },
  { stage: 'P6', class: 'P6B' },
  { stage: 'P7', class: null },
];
const group: fc.Arbitrary<RollGroup> = fc
  .record({
    of: fc.constantFrom(...CLASSES),
    sex: fc.constantFrom('female', 'male', null),
    quintile: fc.constantFrom(1, 2, 3, null),
    asn: fc.constantFrom('yes', 'no', null),
    pupils: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ of, ...rest }) => ({ ...of, ...rest }));
const roll = fc.array(group, { maxLength: 14 });

const classKey = (one: { stage: string; class: string | null }) => `${one.stage} ${one.class ?? ''}`;

function sizes(groups: readonly RollGroup[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of groups) sums[classKey(one)] = (sums[classKey(one)] ?? 0) + one.pupils;
  return Object.fromEntries(Object.entries(sums).filter(([, pupils]) => pupils > 0));
}

const boy = { stage: 'P6', class: 'P6A', sex: 'male', quintile: 2, asn: 'no' };
const anyone = { stage: 'P6', class: 'P6A', sex: null, quintile: null, asn: null };

describe('what slips know of a class', () => {
  it('is about as many pupils as the class has', () => {
    fc.assert(
      fc.property(roll, (groups) => {
        expect(sizes(coarsen(groups))).toEqual(sizes(groups));
      }),
    );
  });

  it('is never shared by fewer than three, unless the whole class is smaller', () => {
    fc.assert(
      fc.property(roll, (groups) => {
        const classes = sizes(groups);
        for (const one of coarsen(groups)) {
          const least = Math.min(LEAST_IN_GROUP, classes[classKey(one)] ?? 0);
          expect(one.pupils).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing that the roll does not say, and no combination twice', () => {
    fc.assert(
      fc.property(roll, (groups) => {
        const coarse = coarsen(groups);
        for (const one of coarse) {
          const like = groups.filter((other) => classKey(other) === classKey(one));
          for (const column of ['sex', 'quintile', 'asn'] as const) {
            if (one[column] !== null) expect(like.map((other) => other[column])).toContain(one[column]);
          }
        }
        const combinations = coarse.map(({ pupils: _, ...known }) => JSON.stringify(known));
        expect(new Set(combinations).size).toBe(combinations.length);
      }),
    );
  });

  it('stays as fine as it is where every combination is common enough', () => {
    const groups = [
      { ...boy, pupils: 3 },
      { ...boy, sex: 'female', pupils: 12 },
    ];
    expect(coarsen(groups)).toEqual(groups);
  });

  it('gives up support needs first, then the quintile, then sex', () => {
    expect(
      coarsen([
        { ...boy, pupils: 2 },
        { ...boy, asn: 'yes', pupils: 1 },
      ]),
    ).toEqual([{ ...boy, asn: null, pupils: 3 }]);
    expect(
      coarsen([
        { ...boy, pupils: 2 },
        { ...boy, quintile: 1, pupils: 1 },
      ]),
    ).toEqual([{ ...boy, asn: null, quintile: null, pupils: 3 }]);
    expect(
      coarsen([
        { ...boy, pupils: 2 },
        { ...boy, sex: 'female', pupils: 1 },
      ]),
    ).toEqual([{ ...anyone, pupils: 3 }]);
  });

  it('joins a last single pupil with the smallest other group of the class', () => {
    const groups = [
      { ...boy, sex: 'female', pupils: 1 },
      { ...boy, pupils: 9 },
      { ...boy, quintile: 3, pupils: 4 },
    ];
    expect(coarsen(groups)).toEqual([
      { ...boy, pupils: 9 },
      { ...anyone, pupils: 5 },
    ]);
  });

  it('keeps a class of one or two as it is: nothing but the class', () => {
    expect(coarsen([{ ...boy, pupils: 1 }])).toEqual([{ ...anyone, pupils: 1 }]);
  });

  it('holds no group of nobody', () => {
    expect(coarsen([{ ...boy, pupils: 0 }])).toEqual([]);
  });
});

describe('codes made again', () => {
  const groups = [
    { ...boy, pupils: 8 },
    { ...boy, sex: 'female', pupils: 7 },
    { ...boy, class: 'P6B', pupils: 20 },
    { ...anyone, stage: 'P7', class: null, pupils: 10 },
  ];

  it('are as before where nobody has started', () => {
    expect(withoutStarted(groups, [])).toEqual(groups);
    expect(withoutStarted(groups, [{ stage: 'P6', class: 'P6A', started: 0 }])).toEqual(groups);
  });

  it('are for the rest of a class that has begun, and know nothing but the class', () => {
    const again = withoutStarted(groups, [{ stage: 'P6', class: 'P6A', started: 4 }]);
    expect(again).toContainEqual({ ...anyone, pupils: 11 });
    expect(again.filter((one) => one.class === 'P6A')).toHaveLength(1);
    expect(again).toContainEqual({ ...boy, class: 'P6B', pupils: 20 });
  });

  it('know pupils without a class by their stage', () => {
    const again = withoutStarted(groups, [{ stage: 'P7', class: '', started: 3 }]);
    expect(again).toContainEqual({ ...anyone, stage: 'P7', class: null, pupils: 7 });
    expect(again.filter((one) => one.stage === 'P7')).toHaveLength(1);
  });

  it('are never fewer than none', () => {
    const again = withoutStarted(groups, [{ stage: 'P6', class: 'P6A', started: 99 }]);
    expect(sizes(coarsen(again))).toEqual({ 'P6 P6B': 20, 'P7 ': 10 });
  });

  it('together with those used are as many as the class has', () => {
    const started = fc.uniqueArray(
      fc.record({ of: fc.constantFrom(...CLASSES), started: fc.integer({ min: 0, max: 9 }) }),
      { selector: ({ of }) => classKey(of) },
    );
    fc.assert(
      fc.property(roll, started, (all, used) => {
        const again = sizes(
          withoutStarted(
            all,
            used.map(({ of, started: count }) => ({ stage: of.stage, class: of.class ?? '', started: count })),
          ),
        );
        for (const [key, pupils] of Object.entries(sizes(all))) {
          const count = used.find(({ of }) => classKey(of) === key)?.started ?? 0;
          expect(again[key] ?? 0).toBe(Math.max(pupils - count, 0));
        }
      }),
    );
  });
});
