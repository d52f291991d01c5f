import type { Sheet } from '../../core/xlsform/workbook.ts';
import { headingsIn } from '../../core/loop/plan/read-table.ts';
import { writeTable } from '../../core/loop/plan/table.ts';
import type { UploadedFile } from '../../web/uploads.ts';
import { WorkbookError, type WorkbookFault } from '../../web/workbooks/archive.ts';
import { CsvFileError, readCsv, writeCsv } from '../../web/workbooks/csv-file.ts';
import { readWorkbook, writeWorkbook } from '../../web/workbooks/workbook-file.ts';
import type { PlanPlaces, SeenAction } from './plan-desk.ts';

/* The plan as files, and files as sheets of text. */

export const FORMATS = ['xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];
export const TYPES: Readonly<Record<Format, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export async function planFile(
  format: Format,
  actions: readonly SeenAction[],
  { seen }: PlanPlaces,
): Promise<Buffer | string> {
  const nameOf = (id: string) => seen.find((place) => place.id === id)?.name ?? id.slice(id.indexOf(':') + 1);
  const rows = writeTable(actions.map(({ action, colour }) => ({ action, colour, place: nameOf(action.words.place) })));
  return format === 'csv' ? writeCsv(rows) : writeWorkbook([{ name: 'Action plan', rows }]);
}

/** What is wrong with a whole file: of a workbook, or of CSV. */
export type FileFault = WorkbookFault | 'damaged-csv';

/** Sheets that hold something: of a workbook all of them, of CSV one. */
export async function readSheets({ name, bytes }: UploadedFile): Promise<Sheet[] | FileFault> {
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isWorkbook && /\.(csv|txt|tsv)$/i.test(name)) {
    if (bytes.length === 0) return 'empty';
    try {
      return [{ name: '', rows: readCsv(bytes) }];
    } catch (error) {
      if (error instanceof CsvFileError) return 'damaged-csv';
      throw error;
    }
  }
  try {
    const sheets = await readWorkbook(bytes);
    return sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim() !== '')));
  } catch (error) {
    if (error instanceof WorkbookError) return error.fault;
    throw error;
  }
}

/** The sheet that is the plan, the first with its headings, else the first; and the names of the others. */
export function chooseSheet(sheets: readonly Sheet[]): { rows: Sheet['rows']; others: string[] } {
  const chosen = sheets.find(({ rows }) => headingsIn(rows) >= 0) ?? sheets[0];
  return { rows: chosen?.rows ?? [], others: sheets.filter((sheet) => sheet !== chosen).map(({ name }) => name) };
}
