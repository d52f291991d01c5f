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
