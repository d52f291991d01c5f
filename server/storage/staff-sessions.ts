import { isRole, type Role } from '../core/roles.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { hashToken, newToken } from './secrets.ts';

/** Who a session belongs to, as far as pages need it. */
export interface SessionHolder {
  sessionId: string;
  accountId: string;
  authorityId: string;
  signInName: string;
  demonstration: boolean;
  roles: Role[];
}

export interface OpenSession {
  id: string;
  createdAt: string;
}

export interface StaffSessions {
  /** Starts a session. @returns the token for the cookie; only its hash is stored */
  start(accountId: string, at: string, expiresAt: string): Promise<string>;
  /** The holder, unless the session is unknown, over or ended, or the account is ended. */
  find(token: string, now: string): Promise<SessionHolder | undefined>;
  listOpen(accountId: string, now: string): Promise<OpenSession[]>;
  /** Ends one session of this account; another account's is left alone. */
  end(sessionId: string, accountId: string, at: string): Promise<void>;
  endAll(accountId: string, at: string): Promise<void>;
}

export function createStaffSessions({ query }: Database): StaffSessions {
  return {
    async start(accountId, at, expiresAt) {
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
        .select([
          'staff_sessions.id as session_id',
          'accounts.id as account_id',
          'authority_id',
          'sign_in_name',
          'role',
        ])
        .select('authorities.kind')
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', now)
        .where('staff_sessions.ended_at', 'is', null)
        .where('accounts.ended_at', 'is', null)
        .execute();
      const [first] = rows;
      if (!first) return undefined;
      return {
        sessionId: first.session_id,
        accountId: first.account_id,
        authorityId: first.authority_id,
        signInName: first.sign_in_name,
        demonstration: first.kind === 'demonstration',
        roles: rows.map((row) => row.role).filter(isRole),
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
