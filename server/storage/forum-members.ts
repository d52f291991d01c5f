import type { Kysely, Transaction } from 'kysely';
import { insertAccount } from './accounts.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { hashToken, newToken } from './secrets.ts';
import type { Tables } from './tables.ts';

const DAYS_VALID = 14;

/** A young person as their forum knows them. */
export interface ForumMember {
  accountId: string;
  forumId: string;
  pseudonym: string;
  /** A file of public/symbols. */
  picture: string;
  joinedAt: string;
  /** Null while they are in. */
  leftAt: string | null;
  /** The number of the newest house rules that they agreed to; 0 for none. */
  agreedRules: number;
}

/** An invitation that can still be used. */
export interface ForumInvitation {
  id: string;
  forumId: string;
  invitedAt: string;
  expiresAt: string;
  /** Whose pass-phrase it renews; null for somebody new. */
  accountId: string | null;
}

export interface ForumMembers {
  /** @param accountId whose pass-phrase it renews. @returns the token, shown once: only its hash is stored */
  invite(
    forumId: string,
    invitation: { invitedBy: string; accountId: string | null },
    at: string,
  ): Promise<{ id: string; token: string }>;
  /** The invitation behind a token, unless it was used or revoked, or two weeks are over. */
  open(token: string, now: string): Promise<ForumInvitation | undefined>;
  invitations(forumId: string, now: string): Promise<ForumInvitation[]>;
  /** @returns false if it cannot be used any more anyway */
  revoke(forumId: string, id: string, at: string): Promise<boolean>;
  /** Makes the account of a new member, once. */
  join(
    token: string,
    member: { pseudonym: string; signInName: string; picture: string; passwordHash: string; rules: number },
    now: string,
  ): Promise<{ accountId: string } | 'gone' | 'name-taken'>;
  /** Gives a member a new pass-phrase, once, and ends every session of theirs. */
  renew(token: string, passwordHash: string, now: string): Promise<{ accountId: string } | 'gone'>;
  /** Everybody who is or was in a forum, by pseudonym. */
  ofForum(forumId: string): Promise<ForumMember[]>;
  find(accountId: string): Promise<ForumMember | undefined>;
  agree(accountId: string, rules: number, at: string): Promise<void>;
  /** Ends a membership, and with it the account. @returns false if it had ended */
  leave(forumId: string, accountId: string, at: string): Promise<boolean>;
}

export function createForumMembers({ query }: Pick<Database, 'query'>): ForumMembers {
  const members = query
    .selectFrom('forum_members')
    .select(['account_id as accountId', 'forum_id as forumId', 'pseudonym', 'picture'])
    .select(['joined_at as joinedAt', 'left_at as leftAt'])
    .select((row) =>
      row
        .selectFrom('forum_agreements')
        .select(({ fn }) => fn.max('rules').as('rules'))
        .whereRef('forum_agreements.account_id', '=', 'forum_members.account_id')
        .as('agreedRules'),
    )
    .orderBy('pseudonym');
  const withRules = <Row extends { agreedRules: unknown }>(row: Row) => ({
    ...row,
    agreedRules: Number(row.agreedRules ?? 0),
  });

  return {
    async invite(forumId, { invitedBy, accountId }, at) {
      const id = newId();
      const token = newToken();
      const row = {
        id,
        forum_id: forumId,
        token_hash: hashToken(token),
        invited_by: invitedBy,
        invited_at: at,
        expires_at: new Date(Date.parse(at) + DAYS_VALID * 86_400_000).toISOString(),
        revoked_at: null,
        used_at: null,
        account_id: accountId,
      };
      await query.insertInto('forum_invitations').values(row).execute();
      return { id, token };
    },
    open: (token, now) => usable(query, now).where('token_hash', '=', hashToken(token)).executeTakeFirst(),
    invitations: (forumId, now) =>
      usable(query, now).where('forum_id', '=', forumId).orderBy('invited_at', 'desc').execute(),
    async revoke(forumId, id, at) {
      const { numUpdatedRows } = await query
        .updateTable('forum_invitations')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('forum_id', '=', forumId)
        .where('revoked_at', 'is', null)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async join(token, member, now) {
      try {
        return await query.transaction().execute((trx) => join(trx, token, member, now));
      } catch (error) {
        if (isDuplicate(error)) return 'name-taken';
        throw error;
      }
    },
    renew: (token, passwordHash, now) =>
      query.transaction().execute(async (trx) => {
        const invitation = await usable(trx, now).where('token_hash', '=', hashToken(token)).executeTakeFirst();
        const accountId = invitation?.accountId;
        if (!invitation || !accountId) return 'gone';
        await trx.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', accountId).execute();
        await endSessions(trx, accountId, now);
        await trx.updateTable('forum_invitations').set({ used_at: now }).where('id', '=', invitation.id).execute();
        return { accountId };
      }),
    ofForum: async (forumId) => (await members.where('forum_id', '=', forumId).execute()).map(withRules),
    async find(accountId) {
      const row = await members.where('account_id', '=', accountId).executeTakeFirst();
      return row && withRules(row);
    },
    async agree(accountId, rules, at) {
      await query
        .insertInto('forum_agreements')
        .values({ account_id: accountId, rules, agreed_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    leave: (forumId, accountId, at) =>
      query.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('forum_members')
          .set({ left_at: at })
          .where('account_id', '=', accountId)
          .where('forum_id', '=', forumId)
          .where('left_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await trx.updateTable('accounts').set({ ended_at: at }).where('id', '=', accountId).execute();
        await endSessions(trx, accountId, at);
        return true;
      }),
  };
}

function usable(query: Kysely<Tables>, now: string) {
  return query
    .selectFrom('forum_invitations')
    .select(['id', 'forum_id as forumId', 'invited_at as invitedAt', 'expires_at as expiresAt'])
    .select('account_id as accountId')
    .where('revoked_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
}

async function join(
  trx: Transaction<Tables>,
  token: string,
  member: Parameters<ForumMembers['join']>[1],
  now: string,
): Promise<{ accountId: string } | 'gone'> {
  const invitation = await usable(trx, now).where('token_hash', '=', hashToken(token)).executeTakeFirst();
  if (!invitation || invitation.accountId !== null) return 'gone';
  const forum = trx.selectFrom('forums').select('authority_id as authorityId').where('id', '=', invitation.forumId);
  const { authorityId } = await forum.executeTakeFirstOrThrow();
  const { pseudonym, signInName, picture, passwordHash, rules } = member;
  const account = { authorityId, signInName, passwordHash, roles: ['forum-member'] } as const;
  const accountId = await insertAccount(trx, account, now);
  const row = {
    account_id: accountId,
    forum_id: invitation.forumId,
    pseudonym,
    picture,
    joined_at: now,
    left_at: null,
  };
  await trx.insertInto('forum_members').values(row).execute();
  await trx.insertInto('forum_agreements').values({ account_id: accountId, rules, agreed_at: now }).execute();
  const used = { used_at: now, account_id: accountId };
  await trx.updateTable('forum_invitations').set(used).where('id', '=', invitation.id).execute();
  return { accountId };
}

async function endSessions(trx: Transaction<Tables>, accountId: string, at: string): Promise<void> {
  const sessions = trx.updateTable('staff_sessions').set({ ended_at: at }).where('account_id', '=', accountId);
  await sessions.where('ended_at', 'is', null).execute();
}
