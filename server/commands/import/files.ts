import { CsvError, parse } from 'csv-parse/sync';
import type { ImportFault, Line, Table } from '../../core/places/read.ts';

/*
 * Splits CSV files into cells, naming the line of each row. What spreadsheets save under the name of CSV
 * but is something else is named as a fault rather than read as one long column.
 */

/** A file that was split, or the one thing that stands in the way. */
export type Split = { table: Table } | { fault: ImportFault };

/** Splits the bytes of a CSV file: UTF-8 with or without a byte order mark, commas, any kind of line end. */
export function splitFile(file: string, bytes: Uint8Array): Split {
  const wrong = (line: number, value: string, expected: string): Split => ({
    fault: { file, line, column: null, value, expected },
  });
  const decoded = decode(bytes);
  if (typeof decoded === 'number') return wrong(decoded, 'text in another encoding', UTF8);
  // The parser counts a Windows line end inside quotes as two lines, so all line ends are made one kind.
  const text = decoded.replaceAll(LINE_END, '\n');
  const [first = ''] = text.split('\n', 1);
  if (first.trim() === '') return wrong(1, first, 'the names of the columns in the first line');
  const stranger = first.includes(',') ? undefined : SEPARATORS.find(({ sign }) => first.includes(sign));
  if (stranger) return wrong(1, first, `commas between the columns, found ${stranger.name}: ${COMMAS}`);
  return splitText(file, text);
}

const LINE_END = /\r\n|\r/g;
const UTF8 = 'text in UTF-8: save the sheet as "CSV UTF-8 (comma delimited)"';
const COMMAS = 'save the sheet as "CSV UTF-8 (comma delimited)"';
const SEPARATORS = [
  { sign: ';', name: 'semicolons' },
  { sign: '\t', name: 'tabs' },
  { sign: '|', name: 'bars' },
];

/** The text, or the line of the first byte that is not UTF-8. */
function decode(bytes: Uint8Array): string | number {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Wrong bytes become the replacement sign; the first one shows where the trouble begins.
    const text = new TextDecoder('utf-8').decode(bytes);
    return text.slice(0, text.indexOf('\ufffd')).replaceAll(LINE_END, '\n').split('\n').length;
  }
}

function splitText(file: string, text: string): Split {
  const lines: Line[] = [];
  // A record is known by the line that it begins on, the parser by the line that it ends on.
  let next = 1;
  try {
    parse(text, {
      relax_column_count: true,
      record_delimiter: '\n',
      onRecord(cells: string[], { lines: end }) {
        lines.push({ line: next, cells });
        next = end + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const expected = QUOTES[error.code as string] ?? `a CSV file (${error.message})`;
    return { fault: { file, line: next, column: null, value: text.split('\n')[next - 1] ?? '', expected } };
  }
  const [header = { line: 1, cells: [] }, ...rest] = lines;
  return { table: { file, header, lines: rest } };
}

const AROUND = 'quotes only around a whole cell, and doubled inside it';
const QUOTES: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a closing quote for each opening one; from this line on there is none',
  CSV_INVALID_CLOSING_QUOTE: AROUND,
  INVALID_OPENING_QUOTE: AROUND,
};
