import type { Database } from './database.ts';

/** That an administrator asks another one to agree that somebody becomes an approver. */
export interface ApproverRequest {
  account: string;
  requestedBy: string;
  requestedAt: string;
}

export interface ApproverRequests {
  /** Asks; one that waits already is left as it is. */
  ask(accountId: string, requestedBy: string, at: string): Promise<void>;
  find(accountId: string): Promise<ApproverRequest | undefined>;
  /** Ids of accounts of an authority for which one waits. */
  waiting(authorityId: string): Promise<Set<string>>;
  /** Takes a request away, whatever was decided. @returns false if none waited any more */
  settle(accountId: string): Promise<boolean>;
}

export function createApproverRequests({ query }: Pick<Database, 'query'>): ApproverRequests {
  return {
    async ask(accountId, requestedBy, at) {
      await query
        .insertInto('approver_requests')
        .values({ account_id: accountId, requested_by: requestedBy, requested_at: at })
        .onConflict((conflict) => conflict.column('account_id').doNothing())
        .execute();
    },
    find: (accountId) =>
      query
        .selectFrom('approver_requests')
        .select(['account_id as account', 'requested_by as requestedBy', 'requested_at as requestedAt'])
        .where('account_id', '=', accountId)
        .executeTakeFirst(),
    async waiting(authorityId) {
      const rows = await query
        .selectFrom('approver_requests')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select('account_id')
        .where('authority_id', '=', authorityId)
        .where('ended_at', 'is', null)
        .execute();
      return new Set(rows.map((row) => row.account_id));
    },
    async settle(accountId) {
      const { numDeletedRows } = await query
        .deleteFrom('approver_requests')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
