import { columnLetters, type Cell, type Ledger, type Sheet } from './workbook.ts';

/** One row of a sheet under its headings. */
export interface TableRow {
  number: number;
  cells: Cell[];
  /** The cell in a column, by the name that the column is known by. */
  get(column: string): Cell | undefined;
  /** What it says, without spaces at its ends; empty where there is no such cell. */
  text(column: string): string;
}

export interface Table {
  name: string;
  cells: Cell[];
  /** Columns by the names that they are known by, in their order. */
  columns: string[];
  rows: TableRow[];
}

/** The name that Heard knows a column by, or why it takes nothing from it. */
export type Heading = { name: string } | { reason: string };

/** A sheet as a table: headings in its first row that holds anything. Rows without a cell are left out. */
export function readTable(sheet: Sheet, headingOf: (heading: string) => Heading, ledger: Ledger): Table {
  const first = sheet.rows.findIndex((row) => row.some((value) => value.trim() !== ''));
  const headings = (sheet.rows[first] ?? []).map((value) => value.trim());
  const cells = cellsOf(sheet, headings);
  const names = new Map<number, string>();
  const lacking = new Map<number, string>();
  for (const cell of cells.filter(({ row }) => row === first + 1)) {
    const heading = headingOf(cell.value.trim());
    if ('reason' in heading) lacking.set(cell.column, heading.reason);
    else if ([...names.values()].includes(heading.name)) lacking.set(cell.column, 'This column stands twice.');
    else names.set(cell.column, heading.name);
    if (names.has(cell.column)) ledger.take(cell);
  }
  for (const cell of cells) {
    const reason = lacking.get(cell.column);
    if (reason !== undefined) ledger.list(cell, reason);
    else if (!names.has(cell.column)) ledger.list(cell, 'This column has no heading.');
  }
  const rows = Map.groupBy(
    cells.filter(({ row }) => row > first + 1),
    ({ row }) => row,
  );
  return {
    name: sheet.name,
    cells,
    columns: [...names.values()],
    rows: [...rows].map(([number, those]) => tableRow(number, those, names)),
  };
}

function tableRow(number: number, cells: Cell[], names: ReadonlyMap<number, string>): TableRow {
  const byName = new Map(
    cells.flatMap((cell) => {
      const name = names.get(cell.column);
      return name === undefined ? [] : [[name, cell] as const];
    }),
  );
  return {
    number,
    cells,
    get: (column) => byName.get(column),
    text: (column) => byName.get(column)?.value.trim() ?? '',
  };
}

/** All cells of a sheet that hold something. */
export function cellsOf(sheet: Sheet, headings: readonly string[] = []): Cell[] {
  return sheet.rows.flatMap((row, index) =>
    row.flatMap((value, column) => {
      const heading = headings[column] || columnLetters(column);
      return value.trim() === '' ? [] : [{ sheet: sheet.name, row: index + 1, column, heading, value }];
    }),
  );
}
