import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarserGroups, LEAST_ALIKE, type GroupColumns } from '../../../server/core/fieldwork/groups.ts';

const row = (id: number, known: Partial<GroupColumns> = {}): GroupColumns => ({
  id: String(id),
  versionId: 'v',
  schoolId: 's',
  bandId: 'b',
  sex: 'female',
  quintile: 2,
  asn: null,
  language: 'en',
  ...known,
});

function groupSizes(rows: readonly GroupColumns[]): number[] {
  const sizes = new Map<string, number>();
  for (const { schoolId, sex, quintile, asn, language } of rows) {
    const key = JSON.stringify([schoolId, sex, quintile, asn, language]);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()];
}

function afterwards(rows: readonly GroupColumns[]): GroupColumns[] {
  const changed = new Map(coarserGroups(rows).map((one) => [one.id, one]));
  return rows.map((one) => changed.get(one.id) ?? one);
}

describe('what responses know of their authors', () => {
  it('stays where nobody stands out', () => {
    expect(coarserGroups([row(1), row(2), row(3)])).toEqual([]);
  });

  it('loses the language of the only one who answered in it', () => {
    const rows = [...Array.from({ length: 6 }, (_, id) => row(id)), row(9, { language: 'ar' })];
    expect(afterwards(rows).some((one) => one.language === 'ar')).toBe(false);
  });

  it('never sets fewer than three of a school and band apart, unless there are fewer', () => {
    const known = fc.record({
      schoolId: fc.constantFrom('s', 't'),
      sex: fc.constantFrom('female', 'male', null),
      quintile: fc.constantFrom(1, 3, 5, null),
      asn: fc.constantFrom('yes', 'no', null),
      language: fc.constantFrom('en', 'ar'),
    });
    fc.assert(
      fc.property(fc.array(known, { maxLength: 60 }), (people) => {
        const rows = people.map((one, id) => row(id, one));
        for (const school of ['s', 't']) {
          const ofSchool = afterwards(rows).filter((one) => one.schoolId === school);
          const least = Math.min(LEAST_ALIKE, ofSchool.length);
          for (const size of groupSizes(ofSchool)) expect(size).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });
});
