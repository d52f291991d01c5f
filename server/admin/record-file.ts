import { stringify } from 'csv-stringify/sync';
import type { Audit, AuditEntry, AuditFilter } from '../storage/audit.ts';

const ROWS_AT_ONCE = 500;
const COLUMNS = ['sequence', 'at', 'who', 'action', 'subject', 'hash'] as const satisfies readonly (keyof AuditEntry)[];

/**
 * The record as a table for spreadsheets, newest entry first, a part at a time so that nobody waits for it.
 * Words of the record stay the ones that programs know, so that files in two languages are the same.
 */
export async function* recordFile(audit: Audit, authorityId: string, filter: AuditFilter): AsyncGenerator<string> {
  yield csv([COLUMNS], true);
  let before: number | undefined;
  for (;;) {
    const part = await audit.newest(authorityId, ROWS_AT_ONCE, filter, before);
    if (part.length > 0) yield csv(part.map((entry) => COLUMNS.map((column) => entry[column])));
    before = part.at(-1)?.sequence;
    if (part.length < ROWS_AT_ONCE) return;
  }
}

function csv(rows: readonly (readonly unknown[])[], bom = false): string {
  // Spreadsheets would run a cell that begins like a formula; the mark before it makes it text.
  return stringify([...rows] as unknown[][], { bom, escape_formulas: true, record_delimiter: 'windows' });
}
