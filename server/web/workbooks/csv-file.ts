import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/* Tables as text (.csv), as spreadsheet programs write and read them. */

/** A file that cannot be read as CSV: where and why. */
export class CsvFileError extends Error {}

/**
 * The rows of a file: in UTF-8, or in the Windows characters that older spreadsheet programs save; with commas, semicolons or
 * tabs between the cells.
 * @throws CsvFileError where quotes do not close and the like
 */
export function readCsv(bytes: Uint8Array): string[][] {
  const text = decode(bytes);
  try {
    return parse(text, { bom: true, relax_column_count: true, delimiter: delimiterOf(text), skip_empty_lines: false });
  } catch (error) {
    if (error instanceof CsvError) throw new CsvFileError(error.message);
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The sign that stands most often before the first end of a line. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n/).find((one) => /[,;\t]/.test(one)) ?? '';
  const count = (sign: string) => line.split(sign).length;
  return [',', ';', '\t'].toSorted((one, other) => count(other) - count(one))[0]!;
}

/** Rows as text, with a mark that makes spreadsheets read it as Unicode, and nothing that they would take for a formula. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}
