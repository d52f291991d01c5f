import { approvalFault, mayApproveOf, type ApprovalFault } from '../core/people/granting.ts';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createInvitations } from '../storage/invitations.ts';
import type { SignedIn } from '../web/access.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Services } from '../web/services.ts';

/** Whether somebody who approves may approve one thing, and who else may. */
export interface Approval {
  fault: ApprovalFault;
  /** Sign-in names of those who may. */
  others: readonly string[];
}

/** Who may approve what somebody made: neither the maker nor whoever could have made both accounts. */
export function createApprovals({ database }: Pick<Services, 'database'>) {
  const accounts = createAccounts(database);
  const invitations = createInvitations(database);

  return {
    async read(me: SignedIn, maker: string | null): Promise<Approval> {
      const invitedBy = await invitations.invitedBy(me.authorityId);
      const fault = approvalFault(me.accountId, maker, invitedBy);
      if (!fault) return { fault, others: [] };
      const others = mayApproveOf(await accounts.list(me.authorityId), maker, invitedBy);
      return { fault, others: others.map(({ signInName }) => signInName).toSorted() };
    },
    /** @throws Fault where somebody may not approve what the maker made */
    async demand(me: SignedIn, maker: string | null): Promise<void> {
      const fault = approvalFault(me.accountId, maker, await invitations.invitedBy(me.authorityId));
      if (fault) throw new Fault(fault);
    },
  };
}

/**
 * Why somebody may not approve, and who may instead; empty where they may.
 * @param ownWork what is said to the maker
 */
export function cannotApproveWords(language: Language, { fault, others }: Approval, ownWork: string): string {
  if (!fault) return '';
  const words = language.words.release;
  const why = fault === 'own-work' ? ownWork : words.tiedWork;
  if (others.length === 0) return `${why} ${words.nobodyMayApprove}`;
  const names = others.map((name) => isolated(language, name)).join(' · ');
  return `${why} ${language.say('release', 'othersMayApprove', { names })}`;
}
