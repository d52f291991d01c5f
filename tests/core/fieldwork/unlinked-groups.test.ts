import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANY_BAND,
  coarserRecords,
  LEAST_ALIKE_RECORDS,
  type RecordGroup,
} from '../../../server/core/fieldwork/unlinked-groups.ts';

const group: fc.Arbitrary<Omit<RecordGroup, 'id'>> = fc.record({
  versionId: fc.constantFrom('one', 'two'),
  section: fc.constant('private'),
  pattern: fc.constantFrom('', '3'),
  bandId: fc.constantFrom('s1-s2', 's3-s4'),
  sex: fc.constantFrom('female', 'male', null),
  quintile: fc.constantFrom(1, 2, null),
});

const numbered = (groups: readonly Omit<RecordGroup, 'id'>[]): RecordGroup[] =>
  groups.map((one, index) => ({ ...one, id: String(index) }));

/** The records as they are after the close. */
function after(records: readonly RecordGroup[]): RecordGroup[] {
  const { changed, removed } = coarserRecords(records);
  const now = new Map(changed.map((record) => [record.id, record]));
  return records.filter(({ id }) => !removed.includes(id)).map((record) => now.get(record.id) ?? record);
}

const told = ({ id: _, ...rest }: RecordGroup) => JSON.stringify(rest);

describe('the records of an unlinked section', () => {
  it('tell the same as nine others or more, or are gone', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 120 }), (groups) => {
        for (const alike of Map.groupBy(after(numbered(groups)), told).values()) {
          expect(alike.length).toBeGreaterThanOrEqual(LEAST_ALIKE_RECORDS);
        }
      }),
    );
  });

  it('never single out a small group by what was taken from it: siblings lose the same', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 120 }), (groups) => {
        const records = numbered(groups);
        const kept = after(records);
        const quintiles = Map.groupBy(kept, (one) => `${one.versionId} ${one.pattern} ${one.bandId} ${one.sex}`);
        for (const siblings of quintiles.values()) {
          const lost = siblings.filter(({ id, quintile }) => quintile !== records[Number(id)]!.quintile);
          const held = siblings.filter(({ quintile }) => quintile !== null);
          expect(lost.length === 0 || held.length === 0).toBe(true);
        }
      }),
    );
  });

  it('give up the quintile first, then the sex, then the band', () => {
    const of = (count: number, change: Partial<RecordGroup> = {}) =>
      Array.from({ length: count }, () => ({
        ...{ versionId: 'one', section: 'private', pattern: '', bandId: 's3-s4', sex: 'female', quintile: 1 },
        ...change,
      }));
    const outcome = (...groups: Omit<RecordGroup, 'id'>[][]) => [
      ...new Set(after(numbered(groups.flat())).map(({ bandId, sex, quintile }) => `${bandId} ${sex} ${quintile}`)),
    ];
    expect(outcome(of(10))).toEqual(['s3-s4 female 1']);
    expect(outcome(of(50), of(3, { quintile: 2 }))).toEqual(['s3-s4 female null']);
    expect(outcome(of(50), of(3, { sex: 'male' }))).toEqual(['s3-s4 null null']);
    expect(outcome(of(50), of(3, { bandId: 's1-s2' }))).toEqual([`${ANY_BAND} null null`]);
    expect(outcome(of(9))).toEqual([]);
    // Another stage, or somebody who broke off, is counted apart.
    expect(outcome(of(50), of(9, { pattern: '3' }))).toEqual(['s3-s4 female 1']);
  });
});
