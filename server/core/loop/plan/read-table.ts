import { isCivilDate } from '../fields.ts';
import { isDecimal, readDecimal, type MeasureWords, type QuarterValue } from './measures.ts';
import type { Colour, Ending } from './colour.ts';
import { endOfQuarter, readQuarter } from './quarters.ts';
import { COLUMNS, headingOf, readProgress, TABLE_WORDS, WHOLE_WORDS, type Column } from './table.ts';
import { TEXT_FIELDS, WHOLE_AUTHORITY, type PlanProblem, type PlanWords } from './words.ts';

/*
 * A table as somebody sent it, read row by row. Whatever cannot be taken is listed with its row and column, and so is
 * whatever is left out: nothing is dropped in silence.
 */

export type TableProblem =
  | PlanProblem
  | 'no-headings'
  | 'twice'
  | 'no-number'
  | 'unknown-word'
  | 'no-measure'
  | 'other-than-above'
  | 'too-many-rows';

/** What cannot be taken: nothing is, until it is put right. */
export interface TableFault {
  /** As a spreadsheet counts, from 1. */
  row: number;
  /** The heading of its column; empty where it is of the whole row. */
  column: string;
  problem: TableProblem;
  found: string;
}

/** What is left out or may surprise, and hinders nothing. */
export interface TableNote {
  kind:
    | 'column-left-out'
    | 'rows-above'
    | 'lacks-baseline'
    | 'colour-by-table'
    | 'colour-left-to-rule'
    | 'not-in-table'
    | 'sheet-left-out';
  row: number;
  found: string;
}

export interface ReadMeasure {
  row: number;
  name: string;
  /** Parts whose column is there. */
  words: Partial<MeasureWords>;
  values: QuarterValue[];
}

export interface ReadAction {
  row: number;
  reference: string;
  /** Parts whose column is there: an empty cell empties, a column that is not there leaves all as it is. */
  words: Partial<PlanWords>;
  state: Ending | undefined;
  colour: Colour | undefined;
  reason: string;
  progress: { on: string; words: string }[];
  measures: ReadMeasure[];
}

export interface ReadTable {
  actions: ReadAction[];
  faults: TableFault[];
  notes: TableNote[];
}

export const MOST_ROWS = 2000;
const HEADINGS_WITHIN = 20;

/** Finds the row of the headings: the first one with a task and a lead. */
export function headingsIn(rows: readonly (readonly string[])[]): number {
  return rows.slice(0, HEADINGS_WITHIN).findIndex((row) => {
    const columns = row.map(columnOf);
    return columns.includes('task') && columns.includes('lead');
  });
}

function columnOf(heading: string): Column | undefined {
  const tidy = heading.trim().toLowerCase();
  return (Object.keys(COLUMNS) as Column[]).find((column) =>
    COLUMNS[column].some((name) => name.toLowerCase() === tidy),
  );
}

/**
 * @param year the financial year that columns Q1 to Q4 without a year are of
 * @param places ids of places by their names in lower case
 */
export function readTable(
  rows: readonly (readonly string[])[],
  year: number,
  places: ReadonlyMap<string, string>,
): ReadTable {
  const at = headingsIn(rows);
  const none = { actions: [], notes: [] };
  if (at < 0)
    return { ...none, faults: [{ row: 1, column: '', problem: 'no-headings', found: rows[0]?.join(', ') ?? '' }] };
  if (rows.length - at > MOST_ROWS)
    return {
      ...none,
      faults: [{ row: at + 1 + MOST_ROWS, column: '', problem: 'too-many-rows', found: String(rows.length) }],
    };
  const reader = new TableReader(rows[at]!, at + 1, year, places);
  if (at > 0) reader.notes.push({ kind: 'rows-above', row: 1, found: String(at) });
  rows.slice(at + 1).forEach((row, index) => reader.read(row, at + 2 + index));
  return { actions: reader.actions, faults: reader.faults, notes: reader.notes };
}

/** A row as its columns name it. */
type Cells = Partial<Record<Column, string>>;

class TableReader {
  readonly actions: ReadAction[] = [];
  readonly faults: TableFault[] = [];
  readonly notes: TableNote[] = [];
  readonly #columns = new Map<Column, number>();
  readonly #quarters = new Map<string, number>();
  readonly #headings: readonly string[];
  readonly #places: ReadonlyMap<string, string>;
  #firstCells: Cells = {};

  constructor(headings: readonly string[], row: number, year: number, places: ReadonlyMap<string, string>) {
    this.#headings = headings;
    this.#places = places;
    headings.forEach((heading, index) => this.#takeHeading(heading.trim(), index, row, year));
    for (const column of ['reference', 'task', 'lead', 'dueOn'] as const) {
      if (!this.#columns.has(column)) this.#fault(row, headingOf(column), 'missing', '');
    }
  }

  #takeHeading(heading: string, index: number, row: number, year: number): void {
    if (heading === '') return;
    const column = columnOf(heading);
    const quarter = column ? undefined : readQuarter(heading, year);
    const isTaken = column ? this.#columns.has(column) : quarter !== undefined && this.#quarters.has(quarter);
    if (isTaken) this.#fault(row, heading, 'twice', heading);
    else if (column) this.#columns.set(column, index);
    else if (quarter !== undefined) this.#quarters.set(quarter, index);
    else this.notes.push({ kind: 'column-left-out', row, found: heading });
  }

  #fault(row: number, column: string, problem: TableProblem, found: string): void {
    this.faults.push({ row, column, problem, found });
  }

  read(row: readonly string[], number: number): void {
    if (row.every((cell) => cell.trim() === '')) return;
    const cells: Cells = {};
    for (const [column, index] of this.#columns) cells[column] = tidy(row[index] ?? '');
    row.forEach((cell, index) => {
      if (cell.trim() !== '' && (this.#headings[index] ?? '').trim() === '')
        this.#fault(number, '', 'unknown-word', cell.trim());
    });
    const { reference = '' } = cells;
    const last = this.actions.at(-1);
    if (last && (reference === '' || reference === last.reference)) this.#furtherRow(last, cells, number);
    else if (reference === '') return this.#fault(number, headingOf('reference'), 'no-number', '');
    else this.#firstRow(cells, reference, number);
    const action = this.actions.at(-1);
    if (action) this.#measure(action, cells, row, number);
  }

  #firstRow(cells: Cells, reference: string, row: number): void {
    if (this.actions.some((action) => action.reference === reference))
      this.#fault(row, headingOf('reference'), 'twice', reference);
    if (reference.length > 20) this.#fault(row, headingOf('reference'), 'too-long', reference);
    this.#firstCells = cells;
    this.actions.push({
      row,
      reference,
      words: this.#words(cells, row),
      state: this.#one('state', cells, row, TABLE_WORDS.state),
      colour: this.#one('colour', cells, row, TABLE_WORDS.colour),
      reason: cells.reason ?? '',
      progress: readProgress(cells.progress ?? ''),
      measures: [],
    });
  }

  /** A further row of an action is for a measure: what it says of the action has to be what the first row says. */
  #furtherRow(_action: ReadAction, cells: Cells, row: number): void {
    const ofMeasure: readonly Column[] = ['reference', 'measure', 'unit', 'better', 'baseline', 'target'];
    for (const [column, text] of Object.entries(cells) as [Column, string][]) {
      if (!ofMeasure.includes(column) && text !== '' && text !== this.#firstCells[column])
        this.#fault(row, headingOf(column), 'other-than-above', text);
    }
    if (!cells.measure) this.#fault(row, headingOf('measure'), 'no-measure', '');
  }

  #words(cells: Cells, row: number): Partial<PlanWords> {
    const words: Partial<PlanWords> = {};
    for (const field of TEXT_FIELDS) if (cells[field] !== undefined) words[field] = cells[field];
    for (const field of ['startsOn', 'dueOn'] as const)
      if (cells[field] !== undefined) words[field] = readDate(cells[field], field === 'dueOn');
    if (cells.place !== undefined) words.place = this.#place(cells.place, row);
    if (cells.shanarri !== undefined) words.shanarri = this.#several('shanarri', cells, row, TABLE_WORDS.shanarri);
    if (cells.poverty !== undefined) words.poverty = this.#several('poverty', cells, row, TABLE_WORDS.poverty);
    if (cells.aims !== undefined) words.aims = this.#several('aims', cells, row, TABLE_WORDS.aims);
    if (cells.uncrc !== undefined) words.uncrc = this.#articles(cells.uncrc, row);
    return words;
  }

  #place(text: string, row: number): string {
    if (text === '' || text.toLowerCase() === WHOLE_WORDS.toLowerCase()) return WHOLE_AUTHORITY;
    const place = this.#places.get(text.toLowerCase());
    if (place === undefined) this.#fault(row, headingOf('place'), 'unknown-place', text);
    return place ?? WHOLE_AUTHORITY;
  }

  #articles(text: string, row: number): number[] {
    const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
    const wrong = parts.filter((part) => !/^\d{1,3}$/.test(part));
    for (const part of wrong) this.#fault(row, headingOf('uncrc'), 'not-an-article', part);
    return wrong.length > 0 ? [] : [...new Set(parts.map(Number))].toSorted((one, other) => one - other);
  }

  #one<Code extends string>(column: Column, cells: Cells, row: number, words: Readonly<Record<Code, string>>) {
    const text = cells[column] ?? '';
    if (text === '') return undefined;
    const code = codeOf(text, words);
    if (code === undefined) this.#fault(row, headingOf(column), 'unknown-word', text);
    return code;
  }

  #several<Code extends string>(column: Column, cells: Cells, row: number, words: Readonly<Record<Code, string>>) {
    const parts = (cells[column] ?? '').split(/[;,\n]/).map((part) => part.trim()).filter((part) => part !== ''); // prettier-ignore
    const found = new Set<Code>();
    for (const part of parts) {
      const code = codeOf(part, words);
      if (code === undefined) this.#fault(row, headingOf(column), 'unknown-word', part);
      else found.add(code);
    }
    return (Object.keys(words) as Code[]).filter((code) => found.has(code));
  }

  #measure(action: ReadAction, cells: Cells, row: readonly string[], number: number): void {
    const { measure: name = '' } = cells;
    const values = [...this.#quarters].flatMap(([quarter, index]) => {
      const value = readDecimal(row[index] ?? '');
      if (value === '') return [];
      if (!isDecimal(value)) this.#fault(number, this.#headings[index]!.trim(), 'not-a-number', value);
      return [{ quarter, value }];
    });
    const stray = [cells.unit, cells.better, cells.baseline, cells.target].find(Boolean) ?? values[0]?.value;
    if (name === '') {
      if (stray !== undefined) this.#fault(number, headingOf('measure'), 'no-measure', stray);
      return;
    }
    if (action.measures.some((one) => one.name === name)) this.#fault(number, headingOf('measure'), 'twice', name);
    const words: Partial<MeasureWords> = { name };
    if (cells.unit !== undefined) words.unit = cells.unit;
    const better = this.#one('better', cells, number, TABLE_WORDS.better);
    if (better) words.better = better;
    for (const field of ['baseline', 'target'] as const)
      if (cells[field] !== undefined) words[field] = this.#number(field, cells[field], number);
    action.measures.push({ row: number, name, words, values });
  }

  #number(column: 'baseline' | 'target', text: string, row: number): string {
    const value = readDecimal(text);
    if (value !== '' && !isDecimal(value)) this.#fault(row, headingOf(column), 'not-a-number', text);
    return value;
  }
}

/** Without the mark that keeps spreadsheets from taking a cell for a formula. */
function tidy(cell: string): string {
  return cell
    .replaceAll('\r\n', '\n')
    .trim()
    .replace(/^'(?=[=+\-@])/, '');
}

function codeOf<Code extends string>(text: string, words: Readonly<Record<Code, string>>): Code | undefined {
  const tidied = text.toLowerCase();
  return (Object.keys(words) as Code[]).find((code) => code === tidied || words[code].toLowerCase() === tidied);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day as people write it: 2027-03-31, 31/3/2027, "March 2027" (its last day, or its first for a beginning), "2026/27 Q4".
 * @returns what was written where it is no day
 */
export function readDate(text: string, isEnd: boolean): string {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  if (day !== undefined) return asDate(text, Number(year), Number(month), Number(day));
  const [, name, ofYear] = /^([A-Za-z]{3,9}) (\d{4})$/.exec(text) ?? [];
  const index = name === undefined ? -1 : MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  if (index >= 0) {
    const last = new Date(Date.UTC(Number(ofYear), index + 1, 0)).getUTCDate();
    return asDate(text, Number(ofYear), index + 1, isEnd ? last : 1);
  }
  const quarter = /\d{4}/.test(text) && /Q/i.test(text) ? readQuarter(text, 0) : undefined;
  return quarter && isEnd ? endOfQuarter(quarter) : text;
}

function asDate(text: string, year: number, month: number, day: number): string {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCivilDate(date) ? date : text;
}
