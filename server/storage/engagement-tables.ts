/* The rows of the tables of the engagement record; as in tables.ts. */

export interface EngagementTables {
  engagement_entries: EngagementEntriesTable;
  engagement_versions: EngagementVersionsTable;
  engagement_checks: EngagementVersionsTable;
}

interface EngagementEntriesTable {
  id: string;
  authority_id: string;
  /** What it was begun from, such as `wave:w1`; null where somebody began with an empty form. */
  begun_from: string | null;
  made_at: string;
}

/** Of what an entry says, and of its check. */
interface EngagementVersionsTable {
  entry_id: string;
  number: number;
  content: string;
  written_at: string;
  written_by: string | null;
}
