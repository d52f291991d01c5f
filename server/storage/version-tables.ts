import type { Comparability } from '../core/survey/comparability.ts';

/*
 * The rows of the tables about what a version of a survey changed, and who helped with it; as in tables.ts.
 */

/** A version that has one before it. */
interface VersionChangesTable {
  version_id: string;
  /** The language of notes and reasons; null where nobody gave any. */
  language: string | null;
  /** JSON: ids of indicators that went with what they read. */
  indicators_gone: string;
  change_hash: string;
}

/** An item of a version, beside the version before. */
interface VersionItemsTable {
  version_id: string;
  item_id: string;
  comparability: Comparability;
  note: string | null;
  /** The item in whose place it came. */
  replaces: string | null;
  proposal_id: string | null;
}

/** An item of the version before that is gone. */
interface VersionWithdrawalsTable {
  version_id: string;
  item_id: string;
  /** Empty where nobody said why. */
  reason: string;
  replaced_by: string | null;
  proposal_id: string | null;
}

/** That somebody who helped wants to be mentioned. */
interface VersionCreditsTable {
  version_id: string;
  account_id: string;
  /** 1 for by their forum name, 0 for as somebody. */
  named: 0 | 1;
  agreed_at: string;
}

export interface VersionTables {
  version_changes: VersionChangesTable;
  version_items: VersionItemsTable;
  version_withdrawals: VersionWithdrawalsTable;
  version_credits: VersionCreditsTable;
}
