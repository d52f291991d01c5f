import { bindingOf, type AreaPlace } from '../core/people/area.ts';
import { awaitedStep, type AwaitedStep } from '../core/people/second-factor.ts';
import { isRole, type Role } from '../core/roles.ts';
import { areaOfAccount } from './account-areas.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { hashToken, newToken } from './secrets.ts';

/** How long the second step may take after the password. */
const STEP_MINUTES = 15;

/** Who a session belongs to, as far as pages need it. */
export interface SessionHolder {
  sessionId: string;
  accountId: string;
  authorityId: string;
  signInName: string;
  demonstration: boolean;
  roles: Role[];
  /** The places that they are bound to; null for the whole authority. Read with every request, so that a change bites at once. */
  area: readonly AreaPlace[] | null;
  /** What still has to be done before anything opens; null once nothing has. */
  awaits: AwaitedStep | null;
}

export interface OpenSession {
  id: string;
  createdAt: string;
}

export interface StaffSessions {
  /**
   * Starts a session.
   * @param factorPassedAt when the second step was taken, here or at the council's own sign-in; null if it was not
   * @returns the token for the cookie; only its hash is stored
   */
  start(accountId: string, at: string, expiresAt: string, factorPassedAt?: string | null): Promise<string>;
  /** The holder, unless the session is unknown, over or ended, its second step took too long, or the account is ended. */
  find(token: string, now: string): Promise<SessionHolder | undefined>;
  listOpen(accountId: string, now: string): Promise<OpenSession[]>;
  /** Ends one session of this account; another account's is left alone. */
  end(sessionId: string, accountId: string, at: string): Promise<void>;
  endAll(accountId: string, at: string): Promise<void>;
  /** Ends every session of an account but one. */
  endOthers(accountId: string, sessionId: string, at: string): Promise<void>;
}

export function createStaffSessions({ query }: Database): StaffSessions {
  return {
    async start(accountId, at, expiresAt, factorPassedAt = null) {
      const token = newToken();
      await query
        .insertInto('staff_sessions')
        .values({
          token_hash: hashToken(token),
          id: newId(),
          account_id: accountId,
          created_at: at,
          expires_at: expiresAt,
          ended_at: null,
          factor_passed_at: factorPassedAt,
        })
        .execute();
      return token;
    },
    async find(token, now) {
      const rows = await query
        .selectFrom('staff_sessions')
        .innerJoin('accounts', 'accounts.id', 'staff_sessions.account_id')
        .innerJoin('authorities', 'authorities.id', 'accounts.authority_id')
        .innerJoin('account_roles', 'account_roles.account_id', 'accounts.id')
        .leftJoin('account_factors', (join) =>
          join
            .onRef('account_factors.account_id', '=', 'accounts.id')
            .on('account_factors.confirmed_at', 'is not', null),
        )
        .select([
          'staff_sessions.id as session_id',
          'accounts.id as account_id',
          'authority_id',
          'sign_in_name',
          'role',
        ])
        .select('staff_sessions.created_at')
        .select(['authorities.kind', 'factor_passed_at', 'account_factors.id as factor_id'])
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', now)
        .where('staff_sessions.ended_at', 'is', null)
        .where('accounts.ended_at', 'is', null)
        .execute();
      const [first] = rows;
      if (!first) return undefined;
      const roles = rows.map((row) => row.role).filter(isRole);
      const standing = { authority: first.kind, roles, hasFactor: first.factor_id !== null };
      const awaits = first.factor_passed_at === null ? awaitedStep(standing) : null;
      if (awaits !== null && Date.parse(now) > Date.parse(first.created_at) + STEP_MINUTES * 60_000) return undefined;
      return {
        sessionId: first.session_id,
        accountId: first.account_id,
        authorityId: first.authority_id,
        signInName: first.sign_in_name,
        demonstration: first.kind === 'demonstration',
        roles,
        area: bindingOf(roles, await areaOfAccount(query, first.account_id)),
        awaits,
      };
    },
    listOpen: (accountId, now) =>
      query
        .selectFrom('staff_sessions')
        .select(['id', 'created_at as createdAt'])
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .execute(),
    async end(sessionId, accountId, at) {
      await query
        .updateTable('staff_sessions')
        .set({ ended_at: at })
        .where('id', '=', sessionId)
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .execute();
    },
    async endOthers(accountId, sessionId, at) {
      await query
        .updateTable('staff_sessions')
        .set({ ended_at: at })
        .where('account_id', '=', accountId)
        .where('id', '!=', sessionId)
        .where('ended_at', 'is', null)
        .execute();
    },
    async endAll(accountId, at) {
      await query
        .updateTable('staff_sessions')
        .set({ ended_at: at })
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}
