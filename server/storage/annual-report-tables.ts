import type { SectionId } from '../core/loop/annual/sections.ts';

/* The rows of the tables about annual reports; as in tables.ts. */

interface AnnualReportsTable {
  id: string;
  authority_id: string;
  /** Civil dates, both included. */
  from_on: string;
  to_on: string;
  made_at: string;
  made_by: string | null;
}

interface AnnualReportTextsTable {
  report_id: string;
  section: SectionId;
  number: number;
  /** Texts by reader and language, as JSON. */
  content: string;
  written_at: string;
  written_by: string | null;
}

interface AnnualReportFiguresTable {
  report_id: string;
  number: number;
  figure: string;
}

interface AnnualReportReadingsTable {
  report_id: string;
  section: SectionId;
  language: string;
  /** The version that was read. */
  number: number;
  read_at: string;
  read_by: string;
}

interface AnnualReportEditionsTable {
  report_id: string;
  number: number;
  content: string;
  sha256: string;
  published_at: string;
  published_by: string | null;
}

interface AnnualReportWithdrawalsTable {
  report_id: string;
  /** The number of the edition that is shown no more. */
  edition: number;
  withdrawn_at: string;
  withdrawn_by: string | null;
  reason: string;
}

export interface AnnualReportTables {
  annual_reports: AnnualReportsTable;
  annual_report_texts: AnnualReportTextsTable;
  annual_report_figures: AnnualReportFiguresTable;
  annual_report_readings: AnnualReportReadingsTable;
  annual_report_editions: AnnualReportEditionsTable;
  annual_report_withdrawals: AnnualReportWithdrawalsTable;
}
