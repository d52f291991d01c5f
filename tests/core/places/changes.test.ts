import { describe, expect, it } from 'vitest';
import { changesOf, isChange } from '../../../server/core/places/changes.ts';
import { noPlaces, type PlaceRows } from '../../../server/core/places/formats.ts';

const group = { school: 'p1', date: '2025-09-17', stage: 'P5', class: 'A', sex: null, asn: null } as const;

const places: PlaceRows = {
  localities: [{ code: 'n', name: 'North' }],
  schools: [{ code: 'p1', name: 'One', sector: 'primary', locality: 'n' }],
  clusters: [{ code: 'c1', name: 'Cluster' }],
  memberships: [{ cluster: 'c1', school: 'p1', from: '2012-08-13', to: null }],
  rolls: [
    { ...group, quintile: 1, pupils: 3 },
    { ...group, quintile: 2, pupils: 4 },
  ],
};

describe('what an import changes', () => {
  it('is everything at first, and nothing when imported again in another order', () => {
    expect(isChange(changesOf(noPlaces(), places))).toBe(true);
    const again = { ...places, rolls: places.rolls.toReversed() };
    expect(isChange(changesOf(places, again))).toBe(false);
  });

  it('is nothing for what a file leaves out', () => {
    expect(isChange(changesOf(places, noPlaces()))).toBe(false);
  });

  it('is a rename by code', () => {
    const { schools } = changesOf(places, { ...noPlaces(), schools: [{ ...places.schools[0]!, name: 'First' }] });
    expect(schools.added).toEqual([]);
    expect(schools.changed.map(({ before, after }) => [before.name, after.name])).toEqual([['One', 'First']]);
  });

  it('is the whole list of memberships of a school that the file names, and of no other school', () => {
    const other = { cluster: 'c1', school: 'p2', from: '2012-08-13', to: null };
    const moved = [{ cluster: 'c2', school: 'p1', from: '2020-08-12', to: null }];
    const stored = { ...places, memberships: [...places.memberships, other] };
    const { memberships } = changesOf(stored, { ...noPlaces(), memberships: moved });
    expect(memberships).toEqual({ added: moved, changed: [], removed: places.memberships, unchanged: 0 });
  });

  it('is an end of a membership where only "to" differs', () => {
    const ended = [{ ...places.memberships[0]!, to: '2020-06-26' }];
    const { memberships } = changesOf(places, { ...noPlaces(), memberships: ended });
    expect(memberships.changed).toEqual([{ before: places.memberships[0], after: ended[0] }]);
  });

  it('is the whole roll of a day when one figure differs, and a new roll on another day', () => {
    const corrected = places.rolls.map((row) => ({ ...row, pupils: row.pupils + 1 }));
    const next = places.rolls.map((row) => ({ ...row, date: '2026-01-10' }));
    const { rolls } = changesOf(places, { ...noPlaces(), rolls: [...corrected, ...next] });
    expect(rolls.changed.map(({ after }) => after.rows)).toEqual([corrected]);
    expect(rolls.added.map(({ date, rows }) => [date, rows.length])).toEqual([['2026-01-10', 2]]);
  });
});
