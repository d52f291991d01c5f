import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Fact } from './columns.ts';

/** The table of facts, or some rows of it, for spreadsheets and programs. What is hidden is left empty. */
export function csvFile(facts: Iterable<Fact>): string {
  const names = COLUMNS.map(({ name }) => name);
  const rows = Array.from(facts, (fact) => names.map((name) => fact[name]));
  // Spreadsheets would run a cell that begins like a formula; the mark before it makes it text.
  return stringify([names, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

/** A name for the file of one item in letters that every system can hold. */
export function itemFileName(wave: string, item: string, band: string): string {
  const parts = ['heard', wave, item, band].map((part) => part.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, ''));
  return `${parts.filter((part) => part !== '').join('_')}.csv`;
}
