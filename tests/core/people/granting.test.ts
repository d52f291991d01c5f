import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvalFault,
  areTied,
  mayAgree,
  mayApproveOf,
  originOf,
  roleFault,
} from '../../../server/core/people/granting.ts';
import { ROLES } from '../../../server/core/roles.ts';

describe('roles of an account', () => {
  it('are at least one, and never both of analyst and approver', () => {
    const authority = 'demonstration' as const;
    expect(roleFault([], { authority, held: [] })).toBe('none');
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 }), fc.boolean(), (wanted, held) => {
        const both = wanted.includes('analyst') && wanted.includes('approver');
        expect(roleFault(wanted, { authority, held: held ? wanted : [] })).toBe(both ? 'maker-and-approver' : null);
      }),
    );
  });

  it('of a real authority are never both administrator and approver', () => {
    const both = ['administrator', 'approver'] as const;
    expect(roleFault(both, { authority: 'real', held: ['administrator'] })).toBe('administrator-and-approver');
    expect(roleFault(both, { authority: 'real', held: both })).toBe('administrator-and-approver');
    expect(roleFault(both, { authority: 'demonstration', held: [] })).toBeNull();
  });

  it('of a real authority take a second administrator for an approver, once', () => {
    expect(roleFault(['approver'], { authority: 'real', held: ['planner'] })).toBe('needs-agreement');
    expect(roleFault(['approver', 'planner'], { authority: 'real', held: ['approver'] })).toBeNull();
    expect(roleFault(['planner'], { authority: 'real', held: ['approver'] })).toBeNull();
  });
});

describe('agreeing to an approver', () => {
  /** The operator invited ann and ben; ann invited cat, and cat dan. */
  const invitedBy = new Map([
    ['ann', null],
    ['ben', null],
    ['cat', 'ann'],
    ['dan', 'cat'],
  ]);
  const request = (requestedBy: string) => ({ account: 'dan', requestedBy });

  it('is for an administrator who goes back to somebody else whom the operator invited', () => {
    expect(mayAgree('ben', request('ann'), invitedBy)).toBe(true);
    expect(mayAgree('ann', request('ben'), invitedBy)).toBe(true);
    expect(mayAgree('ben', request('cat'), invitedBy)).toBe(true);
    expect(mayAgree('cat', request('ben'), invitedBy)).toBe(true);
  });

  it('is not for oneself, nor for an account that the one who asks could have made, nor the other way round', () => {
    expect(mayAgree('ann', request('ann'), invitedBy)).toBe(false);
    expect(mayAgree('cat', request('ann'), invitedBy)).toBe(false);
    expect(mayAgree('ann', request('cat'), invitedBy)).toBe(false);
    expect(mayAgree('dan', request('ben'), invitedBy)).toBe(false);
  });

  it('leaves what somebody made to approvers who are neither the maker nor tied to the maker', () => {
    const accounts = (['ann', 'ben', 'cat', 'dan'] as const).map((id) => ({ id, roles: ['approver'] as const }));
    const others = [...accounts, { id: 'eve', roles: ['analyst'] as const }];
    const may = (maker: string | null) => mayApproveOf(others, maker, invitedBy).map(({ id }) => id);
    expect(may('dan')).toEqual(['ben']);
    expect(may('ben')).toEqual(['ann', 'cat', 'dan']);
    expect(may(null)).toEqual(['ann', 'ben', 'cat', 'dan']);
    expect(approvalFault('dan', 'dan', invitedBy)).toBe('own-work');
    expect(approvalFault('ann', 'dan', invitedBy)).toBe('tied-accounts');
    expect(approvalFault('ben', 'dan', invitedBy)).toBeNull();
  });

  it('ties an account to all who are on its chain of invitations, and to no others', () => {
    for (const [one, other] of [
      ['cat', 'ann'],
      ['dan', 'ann'],
      ['dan', 'cat'],
    ] as const) {
      expect([areTied(one, other, invitedBy), areTied(other, one, invitedBy)]).toEqual([true, true]);
    }
    for (const [one, other] of [
      ['ann', 'ben'],
      ['dan', 'ben'],
      ['eve', 'dan'],
      ['ann', 'ann'],
    ] as const) {
      expect([areTied(one, other, invitedBy), areTied(other, one, invitedBy)]).toEqual([false, false]);
    }
  });

  it('finds the beginning of every chain, one that bites its own tail too', () => {
    expect(originOf('dan', invitedBy)).toBe('ann');
    expect(originOf('unknown', invitedBy)).toBe('unknown');
    const circle = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(['a', 'b']).toContain(originOf('a', circle));
  });
});
