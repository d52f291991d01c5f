import type { AnnualReportTables } from './annual-report-tables.ts';
import type {
  AttemptsTable,
  CodesTable,
  DraftChangesTable,
  DraftsTable,
  FieldworkCountersTable,
  OpenResponsesTable,
  RespondentSessionsTable,
  ResponsesTable,
  SentTextsTable,
  TextReadingsTable,
  TextRoutesTable,
  UnlinkedRecordsTable,
  WaveLinksTable,
  WaveReadersTable,
  WaveTalliesTable,
  WaveTopicsTable,
  WrittenTextsTable,
} from './answering-tables.ts';
import type { ClassAttendanceTable } from './class-attendance-tables.ts';
import type { AreaTables } from './area-tables.ts';
import type { SetupTables } from './setup-tables.ts';
import type {
  ClassOpeningsTable,
  ClassSessionsTable,
  ClassSheetsTable,
  ClassSparesTable,
  OptOutsTable,
} from './class-tables.ts';
import type { BoardTables } from './board-tables.ts';
import type { EngagementTables } from './engagement-tables.ts';
import type { ForumEndingTables } from './forum-ending-tables.ts';
import type { ForumTables } from './forum-tables.ts';
import type { PlanTables } from './plan-tables.ts';
import type { ProposalTables } from './proposal-tables.ts';
import type { ReplyTables } from './reply-tables.ts';
import type { VersionTables } from './version-tables.ts';
import type { WaveReplyTables } from './wave-reply-tables.ts';
import type {
  AccountFactorsTable,
  AccountIdentitiesTable,
  ApproverRequestsTable,
  AuditEntriesTable,
  AuditLocksTable,
  InvitationRolesTable,
  InvitationsTable,
  RecoveryCodesTable,
} from './people-tables.ts';
import type {
  TextCodingsTable,
  TextCodingThemesTable,
  TextConfirmationsTable,
  TextQuoteApprovalsTable,
  TextQuotesTable,
  TextReleaseApprovalsTable,
  TextReleasesTable,
  TextSortingEndsTable,
  TextThemesTable,
} from './text-tables.ts';

/*
 * The rows of every table, one interface each; migrations/ makes the tables.
 * Ids are text made in code, times are ISO-8601 UTC text, flags are 0 or 1, structured values are JSON text.
 */

/** Council areas, real or a demonstration. */
export interface AuthoritiesTable {
  id: string;
  name: string;
  kind: 'real' | 'demonstration';
  created_at: string;
}

/** Parts of an authority. */
export interface LocalitiesTable {
  id: string;
  authority_id: string;
  code: string;
  name: string;
}

/** Schools of an authority. */
export interface SchoolsTable {
  id: string;
  authority_id: string;
  locality_id: string | null;
  code: string;
  name: string;
  sector: 'primary' | 'secondary' | 'special';
}

/** A secondary school and its associated primaries. */
export interface ClustersTable {
  id: string;
  authority_id: string;
  code: string;
  name: string;
}

/** Which school belongs to which cluster, from when to when. */
export interface ClusterMembershipsTable {
  cluster_id: string;
  school_id: string;
  from_date: string;
  to_date: string | null;
}

/** Eligible pupils by school, stage and class, jointly with what else the authority holds. */
export interface RollCountsTable {
  id: string;
  school_id: string;
  counted_on: string;
  stage: string;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  pupils: number;
}

/** Immutable published states of a survey. */
export interface SurveyVersionsTable {
  id: string;
  survey_id: string;
  family: string;
  number: number;
  content_hash: string;
  definition: string;
  layout: string;
  unlinked_layouts: string;
  published_at: string;
  published_by: string | null;
}

/** The words of a version in one language. */
export interface SurveyTextsTable {
  version_id: string;
  language: string;
  status: 'drafted' | 'reviewed' | 'tried';
  text: string;
}

/** One family of surveys asked of given schools between two dates. */
export interface WavesTable {
  id: string;
  authority_id: string;
  name: string;
  family: string;
  starts_on: string;
  ends_on: string;
  created_at: string;
  created_by: string | null;
}

/** The version of each survey that a wave asks. */
export interface WaveVersionsTable {
  wave_id: string;
  version_id: string;
}

/** The age bands that a wave is reported by. */
export interface WaveBandsTable {
  wave_id: string;
  band_id: string;
  position: number;
  stages: string;
}

/** The schools that a wave asks, and whether each agreed to be shown. */
export interface WaveSchoolsTable {
  wave_id: string;
  school_id: string;
  agreed_to_be_shown: 0 | 1;
}

/** Cluster membership as it was when the wave opened. */
export interface WaveMembershipsTable {
  wave_id: string;
  cluster_id: string;
  school_id: string;
}

/** The roll as it was when the wave opened. */
export interface WaveRollsTable {
  id: string;
  wave_id: string;
  school_id: string;
  stage: string;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  pupils: number;
}

/** That a wave was opened. */
export interface WaveOpeningsTable {
  wave_id: string;
  opened_at: string;
  opened_by: string | null;
}

/** That a wave is being closed, and when that was finished. */
export interface WaveClosingsTable {
  wave_id: string;
  started_at: string;
  started_by: string | null;
  finished_at: string | null;
}

/** Whom a person who answers can turn to. */
export interface HelpContactsTable {
  id: string;
  authority_id: string;
  level: string;
  position: number;
  phone: string;
  web: string;
  words: string;
}

/** The tables of a wave, made safe. */
export interface ReleasesTable {
  id: string;
  wave_id: string;
  made_at: string;
  made_by: string | null;
  cube: string;
  sha256: string;
}

/** That somebody other than its maker approved a release. */
export interface ReleaseApprovalsTable {
  release_id: string;
  approved_at: string;
  approved_by: string | null;
}

/** A release that is being made; its id is the one that the release will have. */
export interface ReleaseJobsTable {
  id: string;
  wave_id: string;
  made_by: string | null;
  /** What its pieces are made by: those of another method do not fit together. */
  method: string;
  started_at: string;
  finished_at: string | null;
  failed_at: string | null;
  why: string | null;
  /** How many there are to do; null until that is known. */
  pieces: number | null;
}

/** What a job has done so far. */
export interface ReleasePiecesTable {
  job_id: string;
  piece: string;
  outcome: string;
}

/** How a release was made safe. */
export interface ReleaseAuditsTable {
  release_id: string;
  report: string;
  sha256: string;
}

/** That a release corrects another one; its id is that of the job that makes it. */
export interface ReleaseCorrectionsTable {
  release_id: string;
  corrects_id: string;
  reason: string;
  /** How its answers are counted, as JSON. */
  counting: string;
}

/** Which release stands in the place of an earlier one. */
export interface ReleaseSuccessionsTable {
  superseded_id: string;
  successor_id: string;
}

/** That a correction was turned down. */
export interface ReleaseRefusalsTable {
  release_id: string;
  refused_at: string;
  refused_by: string | null;
}

/** Something in a release that somebody says matters. */
export interface FindingsTable {
  id: string;
  authority_id: string;
  release_id: string;
  node_id: string;
  band_id: string;
  item_id: string;
  option_code: string;
  why_it_matters: string;
  made_at: string;
  made_by: string | null;
}

/** What is being done about a finding. */
export interface ActionsTable {
  id: string;
  finding_id: string;
  task: string;
  lead_role: string;
  due_on: string;
  made_at: string;
  made_by: string | null;
}

/** Adults and forum members who sign in. */
export interface AccountsTable {
  id: string;
  authority_id: string;
  sign_in_name: string;
  password_hash: string;
  created_at: string;
  ended_at: string | null;
}

/** What an account may do. */
export interface AccountRolesTable {
  account_id: string;
  role: string;
}

/** Where an account is signed in. */
export interface StaffSessionsTable {
  token_hash: string;
  id: string;
  account_id: string;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
  /** When it took the second step; null where it has not, or needs none. */
  factor_passed_at: string | null;
}

export interface Tables
  extends
    SetupTables,
    AreaTables,
    ForumTables,
    ForumEndingTables,
    BoardTables,
    EngagementTables,
    ProposalTables,
    PlanTables,
    AnnualReportTables,
    ReplyTables,
    VersionTables,
    WaveReplyTables {
  authorities: AuthoritiesTable;
  localities: LocalitiesTable;
  schools: SchoolsTable;
  clusters: ClustersTable;
  cluster_memberships: ClusterMembershipsTable;
  roll_counts: RollCountsTable;
  survey_versions: SurveyVersionsTable;
  survey_texts: SurveyTextsTable;
  waves: WavesTable;
  wave_versions: WaveVersionsTable;
  wave_bands: WaveBandsTable;
  wave_schools: WaveSchoolsTable;
  wave_memberships: WaveMembershipsTable;
  wave_rolls: WaveRollsTable;
  wave_openings: WaveOpeningsTable;
  wave_closings: WaveClosingsTable;
  codes: CodesTable;
  fieldwork_counters: FieldworkCountersTable;
  class_sheets: ClassSheetsTable;
  class_sessions: ClassSessionsTable;
  class_openings: ClassOpeningsTable;
  class_spares: ClassSparesTable;
  class_attendance: ClassAttendanceTable;
  opt_outs: OptOutsTable;
  drafts: DraftsTable;
  draft_changes: DraftChangesTable;
  respondent_sessions: RespondentSessionsTable;
  attempts: AttemptsTable;
  responses: ResponsesTable;
  unlinked_records: UnlinkedRecordsTable;
  open_responses: OpenResponsesTable;
  wave_tallies: WaveTalliesTable;
  wave_links: WaveLinksTable;
  wave_topics: WaveTopicsTable;
  wave_readers: WaveReadersTable;
  written_texts: WrittenTextsTable;
  text_readings: TextReadingsTable;
  text_routes: TextRoutesTable;
  sent_texts: SentTextsTable;
  text_themes: TextThemesTable;
  text_codings: TextCodingsTable;
  text_confirmations: TextConfirmationsTable;
  text_coding_themes: TextCodingThemesTable;
  text_quotes: TextQuotesTable;
  text_quote_approvals: TextQuoteApprovalsTable;
  text_releases: TextReleasesTable;
  text_release_approvals: TextReleaseApprovalsTable;
  text_sorting_ends: TextSortingEndsTable;
  help_contacts: HelpContactsTable;
  releases: ReleasesTable;
  release_approvals: ReleaseApprovalsTable;
  release_jobs: ReleaseJobsTable;
  release_pieces: ReleasePiecesTable;
  release_audits: ReleaseAuditsTable;
  release_corrections: ReleaseCorrectionsTable;
  release_successions: ReleaseSuccessionsTable;
  release_refusals: ReleaseRefusalsTable;
  findings: FindingsTable;
  actions: ActionsTable;
  accounts: AccountsTable;
  account_roles: AccountRolesTable;
  staff_sessions: StaffSessionsTable;
  account_factors: AccountFactorsTable;
  recovery_codes: RecoveryCodesTable;
  invitations: InvitationsTable;
  invitation_roles: InvitationRolesTable;
  approver_requests: ApproverRequestsTable;
  account_identities: AccountIdentitiesTable;
  audit_entries: AuditEntriesTable;
  audit_locks: AuditLocksTable;
}
