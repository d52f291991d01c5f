import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opensFor, STATIONS, trailOf, type Station, type TrailFacts } from '../../../server/core/loop/trail.ts';
import { ROLES, type Role } from '../../../server/core/roles.ts';

const WAYS = Object.fromEntries(STATIONS.map((station) => [station, `/${station}`])) as Record<Station, string>;
const facts = fc.record({
  idea: fc.constantFrom('idea', 'proposal', 'none'),
  question: fc.constant('asked'),
  result: fc.constantFrom('released', 'replaced'),
  finding: fc.constant('made'),
  action: fc.constantFrom('none', 'decided'),
  reply: fc.constantFrom('none', 'written', 'published'),
  answer: fc.constantFrom('none', 'asked', 'released'),
}) as fc.Arbitrary<TrailFacts>;

describe('the trail', () => {
  it('always names the seven stations in their order, one of them the page’s own', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...STATIONS), (all, here) => {
        const trail = trailOf(all, WAYS, here);
        expect(trail.map(({ station }) => station)).toEqual([
          ...['idea', 'question', 'result', 'finding', 'action', 'reply', 'answer'],
        ]);
        expect(trail.filter(({ isHere }) => isHere).map(({ station }) => station)).toEqual([here]);
      }),
    );
  });

  it('leads to a station only where it is there and there is a way for whoever reads', () => {
    const some = fc.subarray([...STATIONS]);
    fc.assert(
      fc.property(facts, some, (all, open) => {
        const ways = Object.fromEntries(open.map((station) => [station, WAYS[station]]));
        for (const { station, state, href } of trailOf(all, ways, 'reply')) {
          const leads = open.includes(station) && all[station] !== 'none';
          expect(href).toBe(leads ? WAYS[station] : '');
          expect(state).toBe(all[station]);
        }
      }),
    );
  });
});

describe('which stations somebody opens', () => {
  const opened = (roles: readonly Role[], more: Partial<Parameters<typeof opensFor>[0]> = {}) => {
    const reader = { roles, isSignedIn: true, isOfAuthority: true, seesPlace: true, ...more };
    const opens = opensFor(reader);
    return STATIONS.filter((station) => opens[station]);
  };

  it('is what their roles open elsewhere', () => {
    expect(opened(['planner'])).toEqual(['question', 'result', 'finding', 'action', 'reply', 'answer']);
    expect(opened(['analyst'])).toEqual(['idea', 'question', 'result']);
    expect(opened(['forum-member'])).toEqual(['idea', 'question']);
    expect(opened(['auditor'])).toEqual(['question']);
    expect(opened(['planner', 'youth-worker'])).toEqual([...STATIONS]);
  });

  it('is none for everybody else, who has the public page', () => {
    expect(opened([], { isSignedIn: false, isOfAuthority: false, seesPlace: false })).toEqual([]);
    expect(opened([...ROLES], { isOfAuthority: false })).toEqual(['question']);
  });

  it('is nothing of the figure for whoever is bound to another area', () => {
    expect(opened(['planner'], { seesPlace: false })).toEqual(['question']);
  });
});
