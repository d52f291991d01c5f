/*
 * The rows of the tables about headings that were changed, forums that were ended and words that were taken away; as in
 * tables.ts.
 */

/** A heading as a youth worker made it after it was written; what was written is version 1 and stands with its contribution. */
interface BoardHeadingVersionsTable {
  heading_id: string;
  version: number;
  words: string;
  language: string;
  /** 1 if this change took it off the board. */
  removed: 0 | 1;
  changed_by: string;
  changed_at: string;
}

/** That a forum was ended. */
interface ForumEndingsTable {
  forum_id: string;
  ended_at: string;
  ended_by: string;
  /** When the words, names and pass-phrases of its members were deleted; null until then. */
  deleted_at: string | null;
}

/** That the words of a contribution were deleted because its author wished it. */
interface ContributionRemovalsTable {
  contribution_id: string;
  removed_at: string;
  removed_by: string;
}

export interface ForumEndingTables {
  board_heading_versions: BoardHeadingVersionsTable;
  forum_endings: ForumEndingsTable;
  contribution_removals: ContributionRemovalsTable;
}
