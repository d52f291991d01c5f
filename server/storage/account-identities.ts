import type { Database } from './database.ts';

/** Whom the council's own sign-in knows an account by; an invitation binds the two (see invitations.ts). */
export interface AccountIdentities {
  /** The account of an issuer's subject, unless there is none or it has ended. */
  find(issuer: string, subject: string): Promise<string | undefined>;
}

export function createAccountIdentities({ query }: Pick<Database, 'query'>): AccountIdentities {
  return {
    async find(issuer, subject) {
      const row = await query
        .selectFrom('account_identities')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select('account_id')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return row?.account_id;
    },
  };
}
