import type { Role } from '../roles.ts';

/*
 * Who may be what. Whoever makes a release never approves it, and that is about persons: one person with two accounts
 * would be both. So in a real authority two administrators have to agree on an approver, and two accounts that one
 * administrator could have made for themselves do not count as two.
 */

export type RoleFault = 'none' | 'maker-and-approver' | 'needs-agreement';

/**
 * What is wrong with the roles that somebody is to have, if anything.
 * @param held what the account has so far; empty for a new one
 */
export function roleFault(
  wanted: readonly Role[],
  { authority, held }: { authority: 'real' | 'demonstration'; held: readonly Role[] },
): RoleFault | null {
  if (wanted.length === 0) return 'none';
  if (wanted.includes('analyst') && wanted.includes('approver')) return 'maker-and-approver';
  if (authority === 'real' && wanted.includes('approver') && !held.includes('approver')) return 'needs-agreement';
  return null;
}

/**
 * Whom an account goes back to: whom the server's operator invited at the beginning of the chain of invitations.
 * @param invitedBy the account that invited this one; null where the operator did
 */
export function originOf(accountId: string, invitedBy: ReadonlyMap<string, string | null>): string {
  const seen = new Set<string>();
  let origin = accountId;
  for (;;) {
    const before = invitedBy.get(origin);
    if (!before || seen.has(before)) return origin;
    seen.add(origin);
    origin = before;
  }
}

/**
 * Whether somebody may agree to what another administrator asks for: neither the approver to be nor the one who asks,
 * nor anybody who goes back to the same administrator, who could have made both accounts.
 */
export function mayAgree(
  decider: string,
  { account, requestedBy }: { account: string; requestedBy: string },
  invitedBy: ReadonlyMap<string, string | null>,
): boolean {
  if (decider === account || decider === requestedBy) return false;
  return originOf(decider, invitedBy) !== originOf(requestedBy, invitedBy);
}
