import type { Kysely } from 'kysely';
import type { Role } from '../core/roles.ts';
import { isRole } from '../core/roles.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { isLastReader } from './living-readers.ts';
import type { Tables } from './tables.ts';

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
  /** Empty for somebody who comes in by the council's own sign-in: no password fits. */
  passwordHash: string;
  roles: readonly Role[];
}

/** Whether an account lost what it had, or whose last holder it is. */
export type RolesOutcome = 'done' | 'last-administrator' | 'last-reader';

export interface Accounts {
  /** Adds an account; 'name-taken' if the sign-in name is in use. @returns its id */
  add(account: NewAccount, at: string): Promise<{ id: string } | 'name-taken'>;
  /** What signing in compares with; undefined for an unknown or ended account, and for one without a password. */
  findPasswordHash(signInName: string): Promise<{ id: string; passwordHash: string } | undefined>;
  list(authorityId: string): Promise<Account[]>;
  /** One account of an authority that has not ended. */
  find(authorityId: string, id: string): Promise<Account | undefined>;
  /** The sign-in name of an account, ended or not. */
  nameOf(id: string): Promise<string>;
  /** Whether somebody has a password, or comes in by the council's own sign-in alone. */
  hasPassword(id: string): Promise<boolean>;
  setPasswordHash(id: string, passwordHash: string): Promise<void>;
  /**
   * Gives an account other roles.
   * @returns, with nothing changed, 'last-administrator' if nobody would be left who can let people in, and
   *   'last-reader' if nobody would be left who can read what young people write in a wave
   */
  setRoles(account: Account, roles: readonly Role[]): Promise<RolesOutcome>;
  /** Ends an account, and with it every session. Its name stays taken, and its deeds stay in the record. */
  end(account: Account, at: string): Promise<RolesOutcome>;
}

export function createAccounts({ query }: Pick<Database, 'query'>): Accounts {
  return {
    async add(account, at) {
      try {
        const id = await query.transaction().execute((trx) => insertAccount(trx, account, at));
        return { id };
      } catch (error) {
        if (isDuplicate(error)) return 'name-taken';
        throw error;
      }
    },
    findPasswordHash: (signInName) =>
      query
        .selectFrom('accounts')
        .select(['id', 'password_hash as passwordHash'])
        .where('sign_in_name', '=', signInName)
        .where('password_hash', '!=', '')
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    list: (authorityId) => listAccounts(query, authorityId),
    find: async (authorityId, id) => (await listAccounts(query, authorityId)).find((account) => account.id === id),
    async nameOf(id) {
      const found = query.selectFrom('accounts').select('sign_in_name as name').where('id', '=', id);
      return (await found.executeTakeFirstOrThrow()).name;
    },
    async hasPassword(id) {
      const row = await query.selectFrom('accounts').select('password_hash').where('id', '=', id).executeTakeFirst();
      return row !== undefined && row.password_hash !== '';
    },
    async setPasswordHash(id, passwordHash) {
      await query.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', id).execute();
    },
    setRoles: (account, roles) =>
      query.transaction().execute(async (trx) => {
        if (!roles.includes('administrator') && (await isLastAdministrator(trx, account))) return 'last-administrator';
        if (!roles.includes('text-reader') && (await isLastReader(trx, account.id))) return 'last-reader';
        await trx.deleteFrom('account_roles').where('account_id', '=', account.id).execute();
        await trx
          .insertInto('account_roles')
          .values(roles.map((role) => ({ account_id: account.id, role })))
          .execute();
        return 'done';
      }),
    end: (account, at) =>
      query.transaction().execute(async (trx) => {
        if (await isLastAdministrator(trx, account)) return 'last-administrator';
        if (await isLastReader(trx, account.id)) return 'last-reader';
        await trx.updateTable('accounts').set({ ended_at: at }).where('id', '=', account.id).execute();
        await trx
          .updateTable('staff_sessions')
          .set({ ended_at: at })
          .where('account_id', '=', account.id)
          .where('ended_at', 'is', null)
          .execute();
        return 'done';
      }),
  };
}

/** Adds an account within a transaction. @returns its id. @throws a duplicate if the name is taken */
export async function insertAccount(trx: Kysely<Tables>, account: NewAccount, at: string): Promise<string> {
  const id = newId();
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
  for (const role of account.roles) {
    await trx.insertInto('account_roles').values({ account_id: id, role }).execute();
  }
  return id;
}

async function listAccounts(query: Kysely<Tables>, authorityId: string): Promise<Account[]> {
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
}

async function isLastAdministrator(trx: Kysely<Tables>, { id, authorityId }: Account): Promise<boolean> {
  const administrators = (await listAccounts(trx, authorityId)).filter(({ roles }) => roles.includes('administrator'));
  return administrators.length === 1 && administrators[0]!.id === id;
}
