import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestGroup } from '../../../server/core/fieldwork/smallest-group.ts';

const row = (school: string, sex: string | null) => ({ school, sex });

describe('the smallest group', () => {
  it('of nobody has no size', () => {
    expect(smallestGroup([])).toEqual({ size: null, groups: 0, people: 0 });
  });

  it('is of those who share every column, and nothing held is a value of its own', () => {
    const rows = [row('a', 'female'), row('a', 'female'), row('a', null), row('b', 'female'), row('b', 'female')];
    expect(smallestGroup(rows)).toEqual({ size: 1, groups: 3, people: 5 });
    expect(smallestGroup(rows.filter(({ sex }) => sex !== null))).toEqual({ size: 2, groups: 2, people: 4 });
  });

  it('does not mix up values of neighbouring columns, or a number with its digits', () => {
    expect(
      smallestGroup([
        { a: 'x', b: 'yz' },
        { a: 'xy', b: 'z' },
      ]).groups,
    ).toBe(2);
    expect(smallestGroup([{ a: 1 }, { a: '1' }]).groups).toBe(2);
  });

  const rows = fc.array(
    fc.record({
      school: fc.constantFrom('a', 'b', 'c'),
      sex: fc.constantFrom('female', 'male', null),
      quintile: fc.constantFrom(1, 2, null),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('is never larger than the people spread evenly, and is what counting one by one finds', () => {
    fc.assert(
      fc.property(rows, (people) => {
        const { size, groups } = smallestGroup(people);
        const alike = people.map(
          (one) =>
            people.filter(
              (other) => other.school === one.school && other.sex === one.sex && other.quintile === one.quintile,
            ).length,
        );
        expect(size).toBe(Math.min(...alike));
        expect(size! * groups).toBeLessThanOrEqual(people.length);
      }),
    );
  });

  it('does not depend on the order of people or columns, and doubles when everybody comes twice', () => {
    fc.assert(
      fc.property(rows, (people) => {
        const before = smallestGroup(people);
        const turned = people.toReversed().map(({ school, sex, quintile }) => ({ quintile, sex, school }));
        expect(smallestGroup(turned)).toEqual(before);
        expect(smallestGroup([...people, ...people]).size).toBe(before.size! * 2);
      }),
    );
  });
});
