import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect, type CompiledQuery } from 'kysely';
import { StartError } from '../errors.ts';
import { makeFolder } from './folder.ts';
import type { Tables } from './tables.ts';

/** A query compiled once and prepared once, for the few that run on every answer. */
export interface HotQuery<Row> {
  first(...parameters: unknown[]): Row | undefined;
  /** @returns the number of rows changed */
  run(...parameters: unknown[]): number;
}

/**
 * The one open database. Everything but the answer path goes through `query` (Kysely).
 * Only this file knows which database it is.
 */
export interface Database {
  query: Kysely<Tables>;
  /** Prepares a compiled query; its parameters are given anew on each call, in the order they were compiled. */
  hot<Row>(compiled: CompiledQuery<Row>): HotQuery<Row>;
  /**
   * Runs synchronous hot queries as one durable transaction. Only from a fresh turn of the event loop:
   * a Kysely transaction never outlives the turn it began in, so the two cannot interleave.
   */
  inOneCommit(work: () => void): void;
  /**
   * Writes the database anew, without what was deleted. `secure_delete` overwrites what is deleted, but not the copies that
   * SQLite leaves behind in a page whose rows it moves to another one. Nobody writes meanwhile: about 5 ms a megabyte.
   * @returns false if somebody is writing just now: try again later
   */
  rewriteFile(): boolean;
  /**
   * Writes all of the log into the database file and empties it, so that nothing deleted stays in the log.
   * @returns false if somebody is reading just now (a backup): try again later
   */
  truncateLog(): boolean;
  /** Has something done while the database is still open, when it is about to be closed in order. */
  beforeClose(work: () => void): void;
  close(): Promise<void>;
}

/** Opens the database, making its folder and file if they are missing. */
export function openDatabase(url: string): Database {
  const file = openFile(url);
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
  const lastWorks: (() => void)[] = [];
  const commit = file.transaction((work: () => void) => work());
  return {
    query,
    hot<Row>(compiled: CompiledQuery<Row>): HotQuery<Row> {
      let prepared: SQLite.Statement<unknown[], Row> | undefined;
      const statement = () => (prepared ??= file.prepare<unknown[], Row>(compiled.sql));
      return {
        first: (...parameters) => statement().get(...parameters),
        run: (...parameters) => statement().run(...parameters).changes,
      };
    },
    inOneCommit: (work) => commit.immediate(work),
    rewriteFile() {
      try {
        file.exec('vacuum');
        return true;
      } catch (error) {
        if (isBusy(error)) return false;
        throw error;
      }
    },
    truncateLog() {
      // Waiting for a reader would hold every pupil up, so it is not waited for.
      file.pragma('busy_timeout = 0');
      const [outcome] = file.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      file.pragma('busy_timeout = 5000');
      return outcome?.busy === 0;
    },
    beforeClose: (work) => lastWorks.push(work),
    async close() {
      for (const work of lastWorks.splice(0)) work();
      await query.destroy();
    },
  };
}

/**
 * Opens a database to look at it while a server may be running on it; nothing can be written.
 * @throws StartError if there is none
 */
export function openForReading(url: string): Pick<Database, 'query' | 'close'> {
  try {
    const file = new SQLite(url, { readonly: true, fileMustExist: true });
    const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
    return { query, close: () => query.destroy() };
  } catch (error) {
    throw new StartError(
      `The database ${url} cannot be read (${(error as { code?: string }).code ?? String(error)}). Set DATABASE_URL to the file of the database.`,
    );
  }
}

function openFile(url: string): SQLite.Database {
  try {
    if (url !== ':memory:') makeFolder(dirname(url));
    const file = new SQLite(url);
    // SQLite gives its log the same mode.
    if (url !== ':memory:') chmodSync(url, 0o600);
    // A draft of a long survey still lies whole in its page: one that overflows takes four times as long to write.
    file.pragma('page_size = 8192');
    file.pragma('journal_mode = WAL');
    // An answer is on the disk before its pupil sees the next page.
    file.pragma('synchronous = FULL');
    // What is deleted is overwritten, so that no draft can be read back from free pages.
    file.pragma('secure_delete = ON');
    file.pragma('foreign_keys = ON');
    file.pragma('busy_timeout = 5000');
    return file;
  } catch (error) {
    throw new StartError(databaseTrouble(url, error));
  }
}

function isBusy(error: unknown): boolean {
  return ((error as { code?: string }).code ?? '').startsWith('SQLITE_BUSY');
}

function databaseTrouble(url: string, error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(code)) {
    return `The database ${url} cannot be written (${code}). Give this user write access to its folder, or set DATABASE_URL to a file elsewhere.`;
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return `The database ${url} cannot be made, because a part of that path is a file. Set DATABASE_URL to a path whose folders can exist.`;
  }
  if (['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(code)) {
    return `The file ${url} is not a sound SQLite database (${code}). Put a backup in its place, or move it away to start with a new one.`;
  }
  if (isBusy(error)) {
    return `The database ${url} is in use by another program (${code}). Stop the other Heard server first.`;
  }
  return `The database ${url} cannot be opened: ${String(error)}.`;
}

/** Whether an insert failed because the row is there already. */
export function isDuplicate(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** Splits rows so that no insert has more bound values than SQLite takes. */
export function inChunks<Row>(rows: readonly Row[], size = 500): Row[][] {
  const chunks: Row[][] = [];
  for (let start = 0; start < rows.length; start += size) chunks.push(rows.slice(start, start + size));
  return chunks;
}
