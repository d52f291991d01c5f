/*
 * The rows of the tables that lead from what young people wrote to themes and quotes; as in tables.ts.
 */

/** What the texts of a question are sorted into. */
export interface TextThemesTable {
  id: string;
  wave_id: string;
  question_id: string;
  title_en: string;
  title_ar: string;
  version: number;
  made_at: string;
  made_by: string;
}

/** That somebody sorted a text. */
export interface TextCodingsTable {
  text_id: string;
  version: number;
  coded_at: string;
  coded_by: string;
}

/** That somebody else looked at how a text was sorted. */
export interface TextConfirmationsTable {
  text_id: string;
  confirmed_at: string;
  confirmed_by: string;
}

/** The themes of a text. */
export interface TextCodingThemesTable {
  text_id: string;
  theme_id: string;
}

/** Words that somebody proposes to show under a theme, sealed. */
export interface TextQuotesTable {
  id: string;
  text_id: string;
  theme_id: string;
  body: Uint8Array;
  proposed_at: string;
  proposed_by: string;
}

/** That somebody else approved a quote. */
export interface TextQuoteApprovalsTable {
  quote_id: string;
  approved_at: string;
  approved_by: string;
}

/** The themes and quotes of a wave, made safe and frozen. */
export interface TextReleasesTable {
  id: string;
  wave_id: string;
  release_id: string;
  made_at: string;
  made_by: string;
  content: string;
  sha256: string;
}

/** That somebody else approved a text release. */
export interface TextReleaseApprovalsTable {
  text_release_id: string;
  approved_at: string;
  approved_by: string;
}

/** That nothing more is sorted in a wave. */
export interface TextSortingEndsTable {
  wave_id: string;
  ended_at: string;
}
