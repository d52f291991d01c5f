import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANY_BAND,
  coarserRecords,
  LEAST_FITTING,
  type RecordGroup,
} from '../../../server/core/fieldwork/unlinked-groups.ts';

const group: fc.Arbitrary<RecordGroup> = fc.record({
  bandId: fc.constantFrom('s1-s2', 's3-s4'),
  sex: fc.constantFrom('female', 'male', null),
  quintile: fc.constantFrom(1, 2, null),
});

/** Whether a response could be that of the same person: it agrees in everything that the record tells. */
function fits(record: RecordGroup, response: RecordGroup): boolean {
  return (
    (record.bandId === ANY_BAND || record.bandId === response.bandId) &&
    (record.sex === null || record.sex === response.sex) &&
    (record.quintile === null || record.quintile === response.quintile)
  );
}

describe('the record of an unlinked section', () => {
  it('leads to ten responses or more, or tells nothing at all', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 20 }), fc.array(group, { maxLength: 80 }), (records, responses) => {
        const before = records.map((record, index) => ({ ...record, id: String(index) }));
        const changed = new Map(coarserRecords(before, responses).map((record) => [record.id, record]));
        for (const record of before) {
          const after = changed.get(record.id) ?? record;
          const told = after.bandId !== ANY_BAND || after.sex !== null || after.quintile !== null;
          const count = responses.filter((response) => fits(after, response)).length;
          expect(!told || count >= LEAST_FITTING).toBe(true);
          expect(fits(after, record)).toBe(true);
        }
      }),
    );
  });

  it('gives up the quintile first, then the sex, then the band, and no more than it must', () => {
    const of = (count: number, one: RecordGroup) => Array.from({ length: count }, () => one);
    const girl = { bandId: 's3-s4', sex: 'female', quintile: 1 };
    const responses = [...of(10, girl), ...of(3, { ...girl, quintile: 2 }), ...of(2, { ...girl, sex: 'male' })];
    const outcome = (one: RecordGroup) => coarserRecords([{ ...one, id: 'x' }], responses)[0];
    expect(outcome(girl)).toBeUndefined();
    expect(outcome({ ...girl, quintile: 2 })).toEqual({ id: 'x', bandId: 's3-s4', sex: 'female', quintile: null });
    expect(outcome({ ...girl, sex: 'male' })).toEqual({ id: 'x', bandId: 's3-s4', sex: null, quintile: null });
    expect(outcome({ ...girl, bandId: 's1-s2' })).toEqual({ id: 'x', bandId: ANY_BAND, sex: null, quintile: null });
  });
});
