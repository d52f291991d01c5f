import type { Role } from '../core/roles.ts';
import { isRole } from '../core/roles.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** Somebody who signs in. Who is who stays with the council: there is no name and no e-mail. */
export interface Account {
  id: string;
  authorityId: string;
  signInName: string;
  roles: Role[];
}

export interface NewAccount {
  authorityId: string;
  signInName: string;
  passwordHash: string;
  roles: readonly Role[];
}

export interface Accounts {
  /** Adds an account; 'name-taken' if the sign-in name is in use. @returns its id */
  add(account: NewAccount, at: string): Promise<{ id: string } | 'name-taken'>;
  /** What signing in compares with; undefined for an unknown or ended account. */
  findPasswordHash(signInName: string): Promise<{ id: string; passwordHash: string } | undefined>;
  list(authorityId: string): Promise<Account[]>;
}

export function createAccounts({ query }: Database): Accounts {
  return {
    async add(account, at) {
      const id = newId();
      try {
        await query.transaction().execute(async (trx) => {
          await trx
            .insertInto('accounts')
            .values({
              id,
              authority_id: account.authorityId,
              sign_in_name: account.signInName,
              password_hash: account.passwordHash,
              created_at: at,
              ended_at: null,
            })
            .execute();
          const roles = account.roles.map((role) => ({ account_id: id, role }));
          if (roles.length > 0) await trx.insertInto('account_roles').values(roles).execute();
        });
      } catch (error) {
        if (isDuplicate(error)) return 'name-taken';
        throw error;
      }
      return { id };
    },
    findPasswordHash: (signInName) =>
      query
        .selectFrom('accounts')
        .select(['id', 'password_hash as passwordHash'])
        .where('sign_in_name', '=', signInName)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    async list(authorityId) {
      const rows = await query
        .selectFrom('accounts')
        .leftJoin('account_roles', 'account_roles.account_id', 'accounts.id')
        .select(['accounts.id', 'sign_in_name', 'role'])
        .where('authority_id', '=', authorityId)
        .where('ended_at', 'is', null)
        .orderBy('sign_in_name')
        .execute();
      const accounts = new Map<string, Account>();
      for (const row of rows) {
        const account = accounts.get(row.id) ?? { id: row.id, authorityId, signInName: row.sign_in_name, roles: [] };
        if (row.role && isRole(row.role)) account.roles.push(row.role);
        accounts.set(row.id, account);
      }
      return [...accounts.values()];
    },
  };
}
