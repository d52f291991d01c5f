/*
 * A workbook as Heard looks at it: sheets of plain text, and an account of what became of each cell. Nothing in a
 * sheet is passed over in silence, so every cell that holds something ends as taken or as not taken, with a reason.
 */

/** A sheet: its rows from the first one on, each a list of cells; an empty cell is the empty string. */
export interface Sheet {
  name: string;
  rows: readonly (readonly string[])[];
}

/** One cell that holds something. */
export interface Cell {
  sheet: string;
  /** As a spreadsheet counts: from 1, with the row of the headings. */
  row: number;
  /** From 0. */
  column: number;
  /** The heading of its column; the column's letters where there is none. */
  heading: string;
  value: string;
}

/** What a sheet asks for and Heard does not take, or takes only in part. */
export interface NotTaken {
  sheet: string;
  row: number;
  column: string;
  value: string;
  reason: string;
}

/** What became of the cells. A cell may be taken and listed too: taken in part. */
export interface Ledger {
  take(...cells: (Cell | undefined)[]): void;
  /** Lists a cell; the first reason stands. */
  list(cell: Cell | undefined, reason: string): void;
  /** Why a cell is not taken, if nothing takes it. */
  unlessTaken(cell: Cell | undefined, reason: string): void;
}

export interface WholeLedger extends Ledger {
  /** Everything that is listed, in the order of the cells, and all that was never taken, for the reason given. */
  notTaken(cells: readonly Cell[], otherwise: string): NotTaken[];
}

/** Notes for a ledger that count once they are kept: what an item takes that may turn out to be none. */
export function createNotes(ledger: Ledger): { notes: Ledger; keep: () => void } {
  const kept: (() => void)[] = [];
  return {
    notes: {
      take: (...cells) => kept.push(() => ledger.take(...cells)),
      list: (cell, reason) => kept.push(() => ledger.list(cell, reason)),
      unlessTaken: (cell, reason) => kept.push(() => ledger.unlessTaken(cell, reason)),
    },
    keep: () => kept.forEach((note) => note()),
  };
}

export function createLedger(): WholeLedger {
  const taken = new Set<Cell>();
  const reasons = new Map<Cell, string>();
  const otherwiseFor = new Map<Cell, string>();
  return {
    take: (...cells) => cells.forEach((cell) => cell && taken.add(cell)),
    list(cell, reason) {
      if (cell && !reasons.has(cell)) reasons.set(cell, reason);
    },
    unlessTaken(cell, reason) {
      if (cell) otherwiseFor.set(cell, reason);
    },
    notTaken: (cells, otherwise) =>
      cells
        .filter((cell) => reasons.has(cell) || !taken.has(cell))
        .map((cell) => ({
          sheet: cell.sheet,
          row: cell.row,
          column: cell.heading,
          value: cell.value,
          reason: reasons.get(cell) ?? otherwiseFor.get(cell) ?? otherwise,
        })),
  };
}

/** The letters of a column: A, B, … Z, AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
