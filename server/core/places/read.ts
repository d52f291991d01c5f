import type { Column } from './columns.ts';
import { FORMATS, type FormatName, type Row } from './formats.ts';

/** A file that has been split into cells already. */
export interface Table {
  /** What the file is called in faults. */
  file: string;
  header: Line;
  lines: Line[];
}

/** Cells of one row, and the line of the file on which it stands. */
export interface Line {
  line: number;
  cells: string[];
}

/** One thing that is wrong with a file, said so that whoever made the file can put it right. */
export interface ImportFault {
  file: string;
  line: number;
  /** Null where the whole row or file is meant. */
  column: string | null;
  /** What stands there. */
  value: string;
  /** Finishes "expected …". */
  expected: string;
}

/** A row whose every cell could be read, with the line that faults found later will name. */
export interface Lined<R> {
  line: number;
  row: R;
}

/** The rows of one file that could be read, and a fault for each cell that could not. */
export interface Reading<F extends FormatName> {
  file: string;
  rows: Lined<Row<F>>[];
  faults: ImportFault[];
  /** Codes of rows that have a fault elsewhere: other files may name them without a second fault. */
  faultyCodes: string[];
  /** False if the header is wrong, so that nothing is known of the rows. */
  readable: boolean;
}

/**
 * Reads the rows of a file. Columns may stand in any order; each must be there once, no other may be.
 * Rows in which every cell is blank are passed over: spreadsheets leave them at the end.
 */
export function readRows<F extends FormatName>(format: F, table: Table): Reading<F> {
  const columns = FORMATS[format] as Record<string, Column<unknown>>;
  const header = table.header.cells.map((cell) => cell.trim());
  const faults = headerFaults(columns, header, table);
  const reading: Reading<F> = { file: table.file, rows: [], faults, faultyCodes: [], readable: faults.length === 0 };
  if (!reading.readable) return reading;
  for (const { line, cells } of table.lines) {
    const trimmed = cells.map((cell) => cell.trim());
    if (trimmed.every((cell) => cell === '')) continue;
    const found = rowFaults(columns, header, trimmed);
    if (found.length > 0) {
      faults.push(...found.map((fault) => ({ file: table.file, line, ...fault })));
      reading.faultyCodes.push(trimmed[header.indexOf('code')] ?? '');
      continue;
    }
    const values = header.map((name, index) => [name, columns[name]!.parse(trimmed[index]!)]);
    reading.rows.push({ line, row: Object.fromEntries(values) as Row<F> });
  }
  return reading;
}

function headerFaults(columns: Record<string, Column<unknown>>, header: string[], table: Table): ImportFault[] {
  const expected = `the columns ${Object.keys(columns).join(',')}`;
  const place = { file: table.file, line: table.header.line };
  const missing = Object.keys(columns).filter((name) => !header.includes(name));
  const wrong = header.filter((name, index) => !Object.hasOwn(columns, name) || header.indexOf(name) !== index);
  return [
    ...missing.map((name) => ({ ...place, column: name, value: '', expected: `${expected} in the first line` })),
    ...wrong.map((name) => ({
      ...place,
      column: name,
      value: name,
      expected: header.indexOf(name) === header.lastIndexOf(name) ? `${expected} and no other` : 'each column once',
    })),
  ];
}

function rowFaults(
  columns: Record<string, Column<unknown>>,
  header: string[],
  cells: string[],
): Pick<ImportFault, 'column' | 'value' | 'expected'>[] {
  if (cells.length !== header.length) {
    return [{ column: null, value: cells.join(','), expected: `${header.length} cells, found ${cells.length}` }];
  }
  return header.flatMap((name, index) => {
    const column = columns[name]!;
    const value = cells[index]!;
    return column.parse(value) === undefined ? [{ column: name, value, expected: column.expected }] : [];
  });
}
