import readXlsxFile from 'read-excel-file/universal';
import writeXlsxFile from 'write-excel-file/node';
import type { Sheet } from '../../core/xlsform/workbook.ts';
import { broken, checkedArchive } from './archive.ts';

/* Workbooks as files (.xlsx), and as the sheets of plain text that the core looks at. */

/**
 * The sheets of a workbook, hidden ones too. Numbers are written as plainly as they can be, true and false in
 * English, days as 2026-11-23; of a formula the result that was saved with it.
 * @throws WorkbookError with one sentence where it is none, is damaged or could do harm
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const archive = checkedArchive(bytes);
  try {
    const sheets = await readXlsxFile(new Uint8Array(archive).buffer, { trim: false, parseNumber: plainNumber });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(plainText)) }));
  } catch (error) {
    throw broken(error);
  }
}

/** "1.0" and "1" are one number, and a spreadsheet may write either. */
function plainNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) ? String(number) : text;
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const NARROW = 20;
const WIDE = 50;

/** Sheets as a workbook, with their headings bold and in sight. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map(({ name, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: (rows[0] ?? []).map((heading) => ({ width: /^(label|hint)/.test(heading) ? WIDE : NARROW })),
    data: rows.map((row, index) =>
      row.map((value) => (value === '' ? null : { value, type: String, ...(index === 0 && BOLD) })),
    ),
  }));
  return writeXlsxFile(written).toBuffer();
}

const BOLD = { fontWeight: 'bold' as const };
