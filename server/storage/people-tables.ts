/*
 * The rows of the tables about the people who sign in and about what they did; as in tables.ts.
 */

/** Who did what and when, chained; never what anybody answered. Rows are added and never changed. */
export interface AuditEntriesTable {
  sequence: number;
  at: string;
  account_id: string | null;
  action: string;
  subject: string;
  previous_hash: string;
  hash: string;
  /** Whose auditors see it; null where it is of no authority, and in old entries, where the account's tells. */
  authority_id: string | null;
}

/** One row, which whoever adds to the record locks meanwhile. */
export interface AuditLocksTable {
  name: 'chain';
}

/** The device with which somebody takes the second step of signing in; in use once it is confirmed. */
export interface AccountFactorsTable {
  id: string;
  account_id: string;
  /** Sealed. */
  secret: Uint8Array;
  made_at: string;
  confirmed_at: string | null;
  /** The time step (of 30 s since 1970) of the last code that was used: it and earlier ones work no more. */
  last_step: number;
}

/** What takes the second step where the device is lost. */
export interface RecoveryCodesTable {
  account_id: string;
  code_hmac: string;
  made_at: string;
  used_at: string | null;
}

/** One-time invitations to make an account. `invited_by` is null where the server's operator invited. */
export interface InvitationsTable {
  id: string;
  authority_id: string;
  token_hash: string;
  invited_by: string | null;
  invited_at: string;
  expires_at: string;
  revoked_at: string | null;
  used_at: string | null;
  /** The account that it led to. */
  account_id: string | null;
}

/** What the account that an invitation leads to may do. */
export interface InvitationRolesTable {
  invitation_id: string;
  role: string;
}

/** That an administrator asks another one to agree that somebody becomes an approver. */
export interface ApproverRequestsTable {
  account_id: string;
  requested_by: string;
  requested_at: string;
}

/** Whom the council's own sign-in knows an account by. */
export interface AccountIdentitiesTable {
  issuer: string;
  subject: string;
  account_id: string;
  bound_at: string;
}
