import type { Generated } from 'kysely';

/*
 * The rows of the tables that answering needs, from the link or the code to what is kept; as in tables.ts.
 */

/** A link to an open survey. */
export interface WaveLinksTable {
  token: string;
  wave_id: string;
  locality_id: string | null;
  made_at: string;
  made_by: string | null;
}

/** That a named adult switched a topic on for a wave. */
export interface WaveTopicsTable {
  wave_id: string;
  topic: string;
  reason: string;
  switched_on_at: string;
  switched_on_by: string;
}

/** Who reads what young people write in a wave. */
export interface WaveReadersTable {
  wave_id: string;
  account_id: string;
  named_at: string;
  named_by: string | null;
}

/** What lets one person answer once; only a keyed hash of the code itself. */
export interface CodesTable {
  hmac: string;
  wave_id: string;
  state: 'unspent' | 'started' | 'spent' | 'replaced';
  school_id: string | null;
  stage: string | null;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  locality_id: string | null;
  /** 1 for a spare slip that nobody has used yet. */
  spare: Generated<number>;
}

/** How many started, declined, sent or broke off, by school, stage and class. */
export interface FieldworkCountersTable {
  wave_id: string;
  school_id: string;
  stage: string;
  class: string;
  started: number;
  declined: number;
  sent: number;
  broken_off: number;
  broken_off_kept: number;
}

/** Counts that belong to a wave as a whole. */
export interface WaveTalliesTable {
  wave_id: string;
  name: string;
  count: number;
}

/** Answers while a person answers, encrypted. */
export interface DraftsTable {
  code_hmac: string;
  wave_id: string;
  version_id: string;
  stage: string;
  body: Uint8Array;
}

export interface DraftChangesTable {
  number: number;
  wave_id: string;
  changes: Uint8Array;
}

/** Which device carries on which draft. */
export interface RespondentSessionsTable {
  token_hash: string;
  code_hmac: string;
  wave_id: string;
  superseded: 0 | 1;
  ticket_hash: string | null;
  own_device: 0 | 1;
}

/** That a draft was brought to its end once. */
export interface AttemptsTable {
  token_hash: string;
  wave_id: string;
}

/** The answers of one person after sending, with no way back to the person. */
export interface ResponsesTable {
  id: string;
  wave_id: string;
  version_id: string;
  school_id: string;
  band_id: string;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  language: string;
  answers: Uint8Array;
}

/** The answers to an unlinked section, with no tie to the response of the same person. */
export interface UnlinkedRecordsTable {
  id: string;
  wave_id: string;
  version_id: string;
  section: string;
  band_id: string;
  sex: string | null;
  quintile: number | null;
  answers: Uint8Array;
}

/** Answers to a survey that is open to whoever comes. */
export interface OpenResponsesTable {
  id: string;
  wave_id: string;
  version_id: string;
  locality_id: string | null;
  band_id: string;
  language: string;
  answers: Uint8Array;
}

/** What young people wrote, sealed. */
export interface WrittenTextsTable {
  id: string;
  wave_id: string;
  school_id: string | null;
  stage: string | null;
  question_id: string;
  body: Uint8Array;
  written_on: string;
  due_on: string;
}

/** That a text was sent, and by somebody of which band. */
export interface SentTextsTable {
  text_id: string;
  band_id: string;
}

/** That a text was read. */
export interface TextReadingsTable {
  text_id: string;
  outcome: 'no-concern' | 'passed-on';
  read_at: string;
  read_by: string;
}

/** That something written was passed on to a school. */
export interface TextRoutesTable {
  id: string;
  wave_id: string;
  school_id: string;
  stage: string;
  written_on: string;
  passed_on_at: string;
  passed_on_by: string;
}
