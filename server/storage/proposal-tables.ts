/*
 * The rows of the tables about proposals: what was proposed, its drafts, and what was decided about them; as in tables.ts.
 */

/** Changes to surveys that people in the studio propose. */
interface ProposalsTable {
  id: string;
  authority_id: string;
  survey_id: string;
  purpose: 'new' | 'change' | 'withdrawal';
  proposed_at: string;
  proposed_by: string;
}

/** Every state that a proposal was in, numbered from 1. */
interface ProposalDraftsTable {
  proposal_id: string;
  number: number;
  /** The draft that its writer saw; null for the first. */
  based_on: number | null;
  /** JSON of a SurveyItem. */
  item: string;
  language: string;
  /** JSON: ItemText by language. */
  texts: string;
  why_ask: string;
  /** The item that a new one comes after; empty for none, null where nobody has said. */
  place: string | null;
  written_at: string;
  written_by: string;
  /** Its words as a contribution to the writer's forum; null for a writer who is in none. */
  contribution_id: string | null;
}

/** What was decided about a draft, in order. */
interface ProposalStepsTable {
  proposal_id: string;
  draft_number: number;
  /** 1, 2, 3 … for one draft. */
  place: number;
  step: 'agreed' | 'not-agreed' | 'approved' | 'changes-asked';
  reason: string;
  taken_at: string;
  taken_by: string;
}

/** How many of a forum were for and against a draft when it was decided about. */
interface ProposalCountsTable {
  proposal_id: string;
  draft_number: number;
  place: number;
  counted: 'here' | 'in-the-room';
  in_favour: number;
  against: number;
  unsure: number;
}

/** What the ethics check of a draft found, beside its reasons. */
interface ProposalChecksTable {
  proposal_id: string;
  draft_number: number;
  place: number;
  legal_basis: string;
  special_condition: string;
  sensitivity: string;
  support: string;
  outside_advice: string;
}

/** What members of a forum think of a draft. */
interface ProposalStancesTable {
  proposal_id: string;
  draft_number: number;
  account_id: string;
  stance: 'in-favour' | 'against' | 'unsure';
  taken_at: string;
}

/** That a proposal was retired, or merged into another one, until somebody brought it back. */
interface ProposalEndingsTable {
  proposal_id: string;
  place: number;
  how: 'retired' | 'merged';
  into_id: string | null;
  reason: string;
  ended_at: string;
  ended_by: string;
  restored_at: string | null;
  restored_by: string | null;
}

/** The version that a proposal went into. */
interface ProposalPublicationsTable {
  proposal_id: string;
  version_id: string;
  draft_number: number | null;
}

/** That somebody tried a draft at a level of reading. */
interface TryOutsTable {
  id: string;
  proposal_id: string;
  draft_number: number;
  level: string;
  language: string;
  /** Whether it was hard to answer. */
  hard: 0 | 1;
  account_id: string;
  tried_at: string;
  /** What was thought aloud, as a contribution; null where nothing was written. */
  contribution_id: string | null;
}

/** What Heard took of a spreadsheet that somebody sent; the last one of each person. */
interface SpreadsheetsTable {
  account_id: string;
  id: string;
  survey_id: string;
  name: string;
  /** JSON of a SurveyRead. */
  read: string;
  sent_at: string;
}

export interface ProposalTables {
  proposals: ProposalsTable;
  proposal_drafts: ProposalDraftsTable;
  proposal_steps: ProposalStepsTable;
  proposal_counts: ProposalCountsTable;
  proposal_checks: ProposalChecksTable;
  proposal_stances: ProposalStancesTable;
  proposal_endings: ProposalEndingsTable;
  proposal_publications: ProposalPublicationsTable;
  try_outs: TryOutsTable;
  spreadsheets: SpreadsheetsTable;
}
