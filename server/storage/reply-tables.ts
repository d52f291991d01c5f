/*
 * The rows of the tables about replies: what is answered to the young people, who read it before, and what came after;
 * as in tables.ts.
 */

/** What is answered to the young people. */
interface RepliesTable {
  id: string;
  action_id: string;
  decision: 'doing' | 'part' | 'not-now' | 'no';
  owner_role: string;
  /** Empty where nobody has said. */
  due_on: string;
  next_update_on: string;
  /** When its words were last written. */
  made_at: string;
  made_by: string | null;
}

interface ReplyWordsTable {
  reply_id: string;
  reader: 'child' | 'adult' | 'easy-read';
  language: string;
  title: string;
  you_said: string;
  considered: string;
  we_did: string;
  why: string;
}

/** That a reply was published. */
interface ReplyPublicationsTable {
  reply_id: string;
  published_at: string;
  published_by: string | null;
}

interface ReplyReviewsTable {
  reply_id: string;
  language: string;
  /** The `made_at` of the words that were read. */
  words_at: string;
  reviewed_at: string;
  reviewed_by: string;
}

interface ReplyChecksTable {
  id: string;
  reply_id: string;
  words_at: string;
  asked_at: string;
  asked_by: string | null;
}

interface ReplyVerdictsTable {
  check_id: string;
  account_id: string;
  is_clear: 0 | 1;
  given_at: string;
}

interface ReplyCommentsTable {
  contribution_id: string;
  check_id: string;
}

interface ReplyUpdatesTable {
  id: string;
  reply_id: string;
  /** Null where there is no more to come. */
  next_update_on: string | null;
  made_at: string;
  made_by: string | null;
}

interface ReplyUpdateWordsTable {
  update_id: string;
  language: string;
  words: string;
}

interface ReplyAddressesTable {
  number: string;
  reply_id: string;
}

interface ReplyPressesTable {
  reply_id: string;
  button: 'clear' | 'not-clear';
  count: number;
}

export interface ReplyTables {
  replies: RepliesTable;
  reply_words: ReplyWordsTable;
  reply_publications: ReplyPublicationsTable;
  reply_reviews: ReplyReviewsTable;
  reply_checks: ReplyChecksTable;
  reply_verdicts: ReplyVerdictsTable;
  reply_comments: ReplyCommentsTable;
  reply_updates: ReplyUpdatesTable;
  reply_update_words: ReplyUpdateWordsTable;
  reply_addresses: ReplyAddressesTable;
  reply_presses: ReplyPressesTable;
}
