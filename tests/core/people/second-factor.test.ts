import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awaitedStep, mayHaveFactor } from '../../../server/core/people/second-factor.ts';
import { ROLES } from '../../../server/core/roles.ts';

const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 });

describe('the step after the right password', () => {
  it('is never left out for an adult of a real authority', () => {
    fc.assert(
      fc.property(roles, fc.boolean(), (some, hasFactor) => {
        fc.pre(mayHaveFactor(some));
        expect(awaitedStep({ authority: 'real', roles: some, hasFactor })).toBe(hasFactor ? 'code' : 'set-up');
      }),
    );
  });

  it('is asked of whoever has a device, in a demonstration too, where nobody needs one', () => {
    expect(awaitedStep({ authority: 'demonstration', roles: ['planner'], hasFactor: true })).toBe('code');
    expect(awaitedStep({ authority: 'demonstration', roles: ['planner'], hasFactor: false })).toBeNull();
  });

  it('is never asked of forum members, unless they are something else as well', () => {
    expect(awaitedStep({ authority: 'real', roles: ['forum-member'], hasFactor: false })).toBeNull();
    expect(awaitedStep({ authority: 'real', roles: ['forum-member', 'youth-worker'], hasFactor: false })).toBe(
      'set-up',
    );
  });
});
