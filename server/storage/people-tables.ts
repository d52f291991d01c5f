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
