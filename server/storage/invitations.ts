import type { Kysely } from 'kysely';
import { isRole, type Role } from '../core/roles.ts';
import { insertAreas } from './account-areas.ts';
import { insertAccount } from './accounts.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { hashToken, newToken } from './secrets.ts';
import type { Tables } from './tables.ts';

const DAYS_VALID = 7;

/** An invitation that can still be used. */
export interface Invitation {
  id: string;
  authorityId: string;
  roles: Role[];
  invitedAt: string;
  expiresAt: string;
  /** Sign-in name; null where the server's operator invited. */
  invitedBy: string | null;
}

/** How somebody who was invited will come in: by a password, or as the council's own sign-in knows them. */
export type WayIn = { passwordHash: string } | { issuer: string; subject: string };

export interface Invitations {
  /**
   * @param invitation `invitedBy` an account, or null for the server's operator; `areas` the places that the account
   *   will be bound to, none for the whole authority
   * @returns the token, shown once: only its hash is stored
   */
  make(
    invitation: {
      authorityId: string;
      roles: readonly Role[];
      areas?: readonly string[];
      invitedBy: string | null;
    },
    at: string,
  ): Promise<{ id: string; token: string }>;
  /** The invitation behind a token, unless it was used or revoked, or a week is over. */
  open(token: string, now: string): Promise<Invitation | undefined>;
  list(authorityId: string, now: string): Promise<Invitation[]>;
  /** @returns false if it cannot be used any more anyway */
  revoke(authorityId: string, id: string, at: string): Promise<boolean>;
  /** Makes the account, once. */
  use(
    token: string,
    account: { signInName: string; wayIn: WayIn },
    now: string,
  ): Promise<{ id: string } | 'gone' | 'name-taken' | 'known-already'>;
  /** Who invited whom in an authority; null for whom the operator invited. */
  invitedBy(authorityId: string): Promise<Map<string, string | null>>;
}

export function createInvitations({ query }: Pick<Database, 'query'>): Invitations {
  return {
    async make({ authorityId, roles, areas = [], invitedBy }, at) {
      const id = newId();
      const token = newToken();
      await query.transaction().execute(async (trx) => {
        await trx
          .insertInto('invitations')
          .values({
            id,
            authority_id: authorityId,
            token_hash: hashToken(token),
            invited_by: invitedBy,
            invited_at: at,
            expires_at: new Date(Date.parse(at) + DAYS_VALID * 86_400_000).toISOString(),
            revoked_at: null,
            used_at: null,
            account_id: null,
          })
          .execute();
        await trx
          .insertInto('invitation_roles')
          .values(roles.map((role) => ({ invitation_id: id, role })))
          .execute();
        for (const node of areas) {
          await trx.insertInto('invitation_areas').values({ invitation_id: id, node }).execute();
        }
      });
      return { id, token };
    },
    open: (token, now) => openInvitation(query, token, now),
    list: (authorityId, now) =>
      usable(query, now)
        .where('invitations.authority_id', '=', authorityId)
        .orderBy('invited_at', 'desc')
        .execute()
        .then(collect),
    async revoke(authorityId, id, at) {
      const { numUpdatedRows } = await query
        .updateTable('invitations')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('authority_id', '=', authorityId)
        .where('revoked_at', 'is', null)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async use(token, account, now) {
      try {
        return await query.transaction().execute((trx) => takeUp(trx, token, account, now));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return (await nameTaken(query, account.signInName)) ? 'name-taken' : 'known-already';
      }
    },
    async invitedBy(authorityId) {
      const rows = await query
        .selectFrom('invitations')
        .select(['account_id as id', 'invited_by as by'])
        .where('authority_id', '=', authorityId)
        .where('account_id', 'is not', null)
        .execute();
      return new Map(rows.map(({ id, by }) => [id ?? '', by]));
    },
  };
}

async function takeUp(
  trx: Kysely<Tables>,
  token: string,
  { signInName, wayIn }: { signInName: string; wayIn: WayIn },
  now: string,
): Promise<{ id: string } | 'gone'> {
  const invitation = await openInvitation(trx, token, now);
  if (!invitation) return 'gone';
  const { authorityId, roles } = invitation;
  const passwordHash = 'passwordHash' in wayIn ? wayIn.passwordHash : '';
  const id = await insertAccount(trx, { authorityId, signInName, passwordHash, roles }, now);
  await bindAsInvited(trx, invitation.id, id, now);
  if ('issuer' in wayIn) {
    await trx
      .insertInto('account_identities')
      .values({ issuer: wayIn.issuer, subject: wayIn.subject, account_id: id, bound_at: now })
      .execute();
  }
  await trx.updateTable('invitations').set({ used_at: now, account_id: id }).where('id', '=', invitation.id).execute();
  return { id };
}

/** Binds a new account to the places that its invitation names. */
async function bindAsInvited(trx: Kysely<Tables>, invitationId: string, accountId: string, now: string): Promise<void> {
  const rows = await trx
    .selectFrom('invitation_areas')
    .innerJoin('invitations', 'invitations.id', 'invitation_id')
    .select(['node', 'invited_by'])
    .where('invitation_id', '=', invitationId)
    .execute();
  const nodes = rows.map(({ node }) => node);
  await insertAreas(trx, accountId, nodes, rows[0]?.invited_by ?? null, now);
}

function usable(query: Kysely<Tables>, now: string) {
  return query
    .selectFrom('invitations')
    .innerJoin('invitation_roles', 'invitation_id', 'invitations.id')
    .leftJoin('accounts', 'accounts.id', 'invited_by')
    .select([
      'invitations.id',
      'invitations.authority_id as authorityId',
      'invited_at as invitedAt',
      'expires_at as expiresAt',
      'sign_in_name as invitedBy',
      'role',
    ])
    .where('revoked_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
}

async function openInvitation(query: Kysely<Tables>, token: string, now: string): Promise<Invitation | undefined> {
  const rows = await usable(query, now).where('token_hash', '=', hashToken(token)).execute();
  return collect(rows)[0];
}

function collect(rows: readonly (Omit<Invitation, 'roles'> & { role: string })[]): Invitation[] {
  const invitations = new Map<string, Invitation>();
  for (const { role, ...row } of rows) {
    const invitation = invitations.get(row.id) ?? { ...row, roles: [] };
    if (isRole(role)) invitation.roles.push(role);
    invitations.set(row.id, invitation);
  }
  return [...invitations.values()];
}

async function nameTaken(query: Kysely<Tables>, signInName: string): Promise<boolean> {
  const row = await query.selectFrom('accounts').select('id').where('sign_in_name', '=', signInName).executeTakeFirst();
  return row !== undefined;
}
