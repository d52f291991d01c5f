import type { Role } from '../roles.ts';

/*
 * Who may be what. Whoever makes a release never approves it, and that is about persons: one person with two accounts
 * would be both. So in a real authority two administrators have to agree on an approver, and two accounts that one
 * administrator could have made for themselves do not count as two.
 */

export type RoleFault = 'none' | 'maker-and-approver' | 'administrator-and-approver' | 'needs-agreement';

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
  // An administrator could make the analyst whose work they then approve.
  const isBoth = wanted.includes('administrator') && wanted.includes('approver');
  if (authority === 'real' && isBoth) return 'administrator-and-approver';
  if (authority === 'real' && wanted.includes('approver') && !held.includes('approver')) return 'needs-agreement';
  return null;
}

/**
 * Whom an account goes back to: whom the server's operator invited at the beginning of the chain of invitations.
 * @param invitedBy the account that invited this one; null where the operator did
 */
export function originOf(accountId: string, invitedBy: ReadonlyMap<string, string | null>): string {
  return invitersOf(accountId, invitedBy).at(-1) ?? accountId;
}

/** The accounts on an account's chain of invitations: who invited it, who invited them, and so on. */
function invitersOf(accountId: string, invitedBy: ReadonlyMap<string, string | null>): string[] {
  const seen = new Set([accountId]);
  for (let before = invitedBy.get(accountId); before && !seen.has(before); before = invitedBy.get(before)) {
    seen.add(before);
  }
  return [...seen].slice(1);
}

/** Whether one of two accounts let the other one in, straight or by others: whoever did could have both. */
export function areTied(one: string, other: string, invitedBy: ReadonlyMap<string, string | null>): boolean {
  return invitersOf(one, invitedBy).includes(other) || invitersOf(other, invitedBy).includes(one);
}

/** Why somebody may not approve what a maker made; null where they may. */
export type ApprovalFault = 'own-work' | 'tied-accounts' | null;

/** @param maker null for what nobody is known to have made */
export function approvalFault(
  approver: string,
  maker: string | null,
  invitedBy: ReadonlyMap<string, string | null>,
): ApprovalFault {
  if (maker === null) return null;
  if (approver === maker) return 'own-work';
  return areTied(maker, approver, invitedBy) ? 'tied-accounts' : null;
}

/** Of some accounts those who may approve what a maker made. */
export function mayApproveOf<Account extends { id: string; roles: readonly Role[] }>(
  accounts: readonly Account[],
  maker: string | null,
  invitedBy: ReadonlyMap<string, string | null>,
): Account[] {
  return accounts.filter(({ id, roles }) => roles.includes('approver') && !approvalFault(id, maker, invitedBy));
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
