import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, proposalsBehind, withMerged, type ItemChange } from '../../../server/core/loop/origins.ts';

const change = (
  version: number,
  item: string,
  proposalId: string | null,
  replaces: string | null = null,
): ItemChange => ({
  ...{ version, item, proposalId, replaces },
});

describe('the proposals behind a question', () => {
  const changes = [
    change(2, 'hall', 'new'),
    change(3, 'hall', 'better'),
    change(4, 'hall-2', 'other', 'hall'),
    change(5, 'hall-2', 'last'),
    change(3, 'park', 'park'),
  ];

  it('are those that brought and changed it, the newest first, under whatever id it had', () => {
    expect(proposalsBehind('hall-2', 5, changes)).toEqual(['last', 'other', 'better', 'new']);
    expect(proposalsBehind('hall', 3, changes)).toEqual(['better', 'new']);
  });

  it('are none of a later version', () => {
    expect(proposalsBehind('hall', 2, changes)).toEqual(['new']);
    expect(proposalsBehind('hall', 1, changes)).toEqual([]);
  });

  it('are none of a question that nobody proposed, also where it was put in the place of another', () => {
    expect(proposalsBehind('sleep', 5, changes)).toEqual([]);
    expect(proposalsBehind('sleep-2', 5, [change(2, 'sleep-2', null, 'sleep')])).toEqual([]);
  });

  it('do not hang on the order in which changes come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: changes.length }), (shuffled) => {
        expect(proposalsBehind('hall-2', 5, shuffled)).toEqual(['last', 'other', 'better', 'new']);
      }),
    );
  });
});

describe('what was merged', () => {
  const mergers = [
    { id: 'a', intoId: 'b' },
    { id: 'b', intoId: 'c' },
    { id: 'd', intoId: 'c' },
  ];

  it('counts for what it went into, and for what that went into', () => {
    expect(withMerged('c', mergers)).toEqual(['c', 'b', 'd', 'a']);
    expect(withMerged('a', mergers)).toEqual(['a']);
    expect(endOf('a', mergers)).toBe('c');
    expect(endOf('c', mergers)).toBe('c');
  });

  it('ends, whatever the rows say', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(fc.record({ id, intoId: id })), id, (rows, start) => {
        const all = withMerged(start, rows);
        expect(new Set(all).size).toBe(all.length);
        expect(['a', 'b', 'c', 'd']).toContain(endOf(start, rows));
      }),
    );
  });
});
