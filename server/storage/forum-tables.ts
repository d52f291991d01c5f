/*
 * The rows of the tables about forums: who is in one, when it is open, and what its members write; as in tables.ts.
 */

/** Young people of one place who design questions together. */
interface ForumsTable {
  id: string;
  authority_id: string;
  name: string;
  made_at: string;
  made_by: string | null;
}

/** A youth worker who keeps a forum safe and moving; `shown_as` is how members know them. */
interface ForumWorkersTable {
  forum_id: string;
  account_id: string;
  shown_as: string;
  /** 1 for the one who is on call: whom members turn to, and who is told first. */
  on_call: 0 | 1;
}

/** One row a weekday on which a forum is open; Monday is 1. Civil times at schools. */
interface ForumHoursTable {
  forum_id: string;
  weekday: number;
  opens_at: string;
  closes_at: string;
}

/** One-time invitations to a forum; with an account, a new pass-phrase for somebody who lost theirs. */
interface ForumInvitationsTable {
  id: string;
  forum_id: string;
  token_hash: string;
  invited_by: string;
  invited_at: string;
  expires_at: string;
  revoked_at: string | null;
  used_at: string | null;
  account_id: string | null;
}

/** Whom a forum knows a member as. The name that they sign in with is the pseudonym in small letters. */
interface ForumMembersTable {
  account_id: string;
  forum_id: string;
  pseudonym: string;
  picture: string;
  joined_at: string;
  left_at: string | null;
}

/** That a member agreed to the house rules as they were written then. */
interface ForumAgreementsTable {
  account_id: string;
  /** The number of the rules' wording. */
  rules: number;
  agreed_at: string;
}

/** That a forum, or one member of it, is paused: whatever is written meanwhile waits for a youth worker. */
interface ForumPausesTable {
  id: string;
  forum_id: string;
  /** Null where the whole forum is paused. */
  account_id: string | null;
  reason: string;
  paused_at: string;
  paused_by: string;
  ended_at: string | null;
  ended_by: string | null;
}

/** Words of a member, wherever in the studio they stand. */
interface ContributionsTable {
  id: string;
  forum_id: string;
  account_id: string;
  words: string;
  language: string;
  written_at: string;
  /** When others may read it: later than it was written where the forum was closed. */
  shows_from: string;
}

/** Why a contribution is kept back, and how a youth worker decided. */
interface ContributionHoldsTable {
  contribution_id: string;
  reason: string;
  settled_at: string | null;
  settled_by: string | null;
  /** 1 if it may be read; null while nobody has decided. */
  shown: 0 | 1 | null;
  /** What the author is told. */
  note: string;
}

/** That a youth worker took a contribution out of sight, and perhaps put it back. */
interface ContributionHidingsTable {
  id: string;
  contribution_id: string;
  reason: string;
  hidden_at: string;
  hidden_by: string;
  restored_at: string | null;
  restored_by: string | null;
}

/** That somebody in the forum asked a youth worker to look at a contribution. */
interface ContributionReportsTable {
  id: string;
  contribution_id: string;
  reported_by: string;
  words: string;
  reported_at: string;
  settled_at: string | null;
  settled_by: string | null;
}

/** That the author of a contribution agrees to its being said outside the forum. */
interface ContributionConsentsTable {
  contribution_id: string;
  agreed_at: string;
  withdrawn_at: string | null;
}

/** What people in forums say about a proposal; each is a contribution. */
interface ProposalCommentsTable {
  contribution_id: string;
  proposal_id: string;
}

export interface ForumTables {
  forums: ForumsTable;
  forum_workers: ForumWorkersTable;
  forum_hours: ForumHoursTable;
  forum_invitations: ForumInvitationsTable;
  forum_members: ForumMembersTable;
  forum_agreements: ForumAgreementsTable;
  forum_pauses: ForumPausesTable;
  contributions: ContributionsTable;
  contribution_holds: ContributionHoldsTable;
  contribution_hidings: ContributionHidingsTable;
  contribution_reports: ContributionReportsTable;
  contribution_consents: ContributionConsentsTable;
  proposal_comments: ProposalCommentsTable;
}
