import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import type { Haystack } from './search.ts';
import type { Row } from './links.ts';

/* The database as a thief would read it: every row of a table, and every byte of its files. */

/** Tables with answers, or with what lets one answer. Nothing in them has a time once their wave is closed. */
export const ANSWER_TABLES = [
  'codes',
  'attempts',
  'responses',
  'unlinked_records',
  'open_responses',
  'fieldwork_counters',
  'drafts',
  'draft_changes',
  'respondent_sessions',
  'class_sheets',
  'class_sessions',
  'class_openings',
  'class_spares',
  'class_attendance',
  'opt_outs',
] as const;
export type AnswerTable = (typeof ANSWER_TABLES)[number];

/** The database beside its server, for reading alone. */
export class StolenDatabase {
  readonly #file: SQLite.Database;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    this.#file = new SQLite(url, { readonly: true });
  }

  /** All rows of a wave in the order in which they lie; of a table without waves, all. */
  rows(table: AnswerTable, waveId: string): Row[] {
    const hasWave = (this.#file.pragma(`table_info(${table})`) as { name: string }[]).some(
      ({ name }) => name === 'wave_id',
    );
    const rows = hasWave
      ? this.#file.prepare(`select * from "${table}" where wave_id = ?`).all(waveId)
      : this.#file.prepare(`select * from "${table}"`).all();
    return rows as Row[];
  }

  /** Every table, whatever it holds. */
  tables(): string[] {
    return this.#file
      .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table'")
      .all()
      .map(({ name }) => name);
  }

  close(): void {
    this.#file.close();
  }
}

/** Files as bytes; one that is not there is left out. */
export function haystacksOf(paths: readonly string[]): Haystack[] {
  return paths.filter((path) => existsSync(path)).map((path) => ({ where: path, bytes: readFileSync(path) }));
}

/** Where the bytes of each row's value begin in a file; −1 where they are not found. */
export function positionsOf(values: readonly (string | Uint8Array)[], file: Buffer): number[] {
  return values.map((value) => file.indexOf(Buffer.from(value as Uint8Array)));
}

/** What is stored of an attempt. */
export function hashOfAttempt(attempt: string): string {
  return createHash('sha256').update(attempt).digest('base64url');
}

/** Whatever in these rows reads as a time between two moments: ISO-8601, or seconds or milliseconds since 1970. */
export function timesIn(rows: readonly Row[], from: number, to: number): string[] {
  const within = (milliseconds: number) => milliseconds >= from - 1000 && milliseconds <= to + 1000;
  const isTime = (value: unknown) =>
    typeof value === 'number'
      ? within(value) || within(value * 1000)
      : typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && within(Date.parse(value));
  return rows.flatMap((row) => Object.entries(row).flatMap(([name, value]) => (isTime(value) ? [name] : [])));
}
