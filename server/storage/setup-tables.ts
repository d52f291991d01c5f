/*
 * The rows of the tables that making a wave ready, rehearsing it and keeping its promises need; as in tables.ts.
 */

/** What was noted of a wave in one step of its setup; content is JSON. */
export interface WaveSetupPartsTable {
  wave_id: string;
  part: string;
  content: string;
  noted_at: string;
  noted_by: string | null;
}

/** That the last day of an open wave was put later. */
export interface WavePostponementsTable {
  id: string;
  wave_id: string;
  ended_on: string;
  ends_on: string;
  postponed_at: string;
  postponed_by: string | null;
}

/** That a wave is rehearsed by another one, and when that was deleted; `sent` is known from then on. */
export interface RehearsalsTable {
  rehearsal_id: string;
  wave_id: string;
  /** The hash of what it asked whom; empty where it was begun before that was noted. */
  asked: string;
  begun_at: string;
  begun_by: string | null;
  ended_at: string | null;
  sent: number | null;
}

/** That the answers of a wave were deleted; the report is JSON. */
export interface AnswerDeletionsTable {
  id: string;
  wave_id: string;
  due_on: string;
  begun_at: string;
  finished_at: string | null;
  report: string | null;
}

/** What a look at a closed wave found; checks are JSON. */
export interface ClosingProofsTable {
  id: string;
  wave_id: string;
  made_at: string;
  made_by: string | null;
  checks: string;
}

export interface SetupTables {
  wave_setup_parts: WaveSetupPartsTable;
  wave_postponements: WavePostponementsTable;
  rehearsals: RehearsalsTable;
  answer_deletions: AnswerDeletionsTable;
  closing_proofs: ClosingProofsTable;
}
