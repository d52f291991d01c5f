import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { StartError } from '../errors.ts';
import { makeFolder } from './folder.ts';

/*
 * Backups of an SQLite database, taken beside a running server and put back where none runs. Like database.ts, this
 * file knows which database it is. A backup never holds an unfinished draft or a session: it is written row by row into
 * a new file, so that nothing deleted or half written comes along with it.
 */

/**
 * Tables of which a backup holds the shape and no row: what is personal while somebody answers, who is signed in, and
 * which classes are held open.
 */
export const LEFT_OUT = [
  'drafts',
  'draft_changes',
  'respondent_sessions',
  'staff_sessions',
  'class_sessions',
  'class_openings',
] as const;

export interface BackupFacts {
  tables: number;
  rows: number;
  /** Codes whose draft was left out; in the backup they have not been started. */
  codesUnstarted: number;
}

/**
 * Writes a backup of a database into a new file, as it is at one moment; the server goes on meanwhile.
 * @throws StartError if there is no database, or the file exists or cannot be written
 */
export function backUp(url: string, target: string): BackupFacts {
  if (!existsSync(url)) throw new StartError(`There is no database ${url} to back up. Set DATABASE_URL to its file.`);
  if (existsSync(target))
    throw new StartError(`The file ${target} exists already. Choose another name or move it away.`);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  makeFolder(dirname(target));
  const file = new SQLite(url);
  try {
    // An empty file of our own mode first: SQLite keeps the mode that it finds.
    closeSync(openSync(part, 'wx', 0o600));
    file.prepare('attach database ? as backup').run(part);
    // Rows come table by table, whichever refers to which.
    file.pragma('foreign_keys = OFF');
    file.pragma('backup.journal_mode = OFF');
    const facts = file.transaction(() => copyAll(file))();
    file.exec('detach database backup');
    demandSound(part);
    sync(part);
    renameSync(part, target);
    return facts;
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof StartError) throw error;
    throw new StartError(`The backup ${target} could not be written (${String(error)}). Nothing was left behind.`);
  } finally {
    file.close();
  }
}

interface SchemaRow {
  type: 'table' | 'index' | 'trigger' | 'view';
  name: string;
  sql: string;
}

function copyAll(file: SQLite.Database): BackupFacts {
  const schema = file
    .prepare<[], SchemaRow>(
      "select type, name, sql from main.sqlite_schema where sql is not null and name not like 'sqlite_%'",
    )
    .all();
  const tables = schema.filter(({ type }) => type === 'table');
  let rows = 0;
  for (const { name, sql } of tables) {
    file.exec(inBackup(sql, 'table'));
    if ((LEFT_OUT as readonly string[]).includes(name)) continue;
    rows += file.prepare(`insert into backup."${name}" select * from main."${name}"`).run().changes;
  }
  const codesUnstarted = unstart(file);
  // Indexes after the rows are faster; triggers after them see nothing of the copying.
  for (const { type, sql } of schema) if (type === 'index' || type === 'trigger') file.exec(inBackup(sql, type));
  return { tables: tables.length, rows, codesUnstarted };
}

/** The same statement, making its thing in the backup. */
function inBackup(sql: string, type: string): string {
  const found = new RegExp(`^(create\\s+(?:unique\\s+)?${type}\\s+)(?:if\\s+not\\s+exists\\s+)?`, 'i').exec(sql);
  if (!found) throw new StartError(`The database holds a ${type} that a backup cannot copy: ${sql.slice(0, 80)}.`);
  return `${found[1]!}backup.${sql.slice(found[0].length)}`;
}

/**
 * A code that was started has its draft left out, so in the backup it has not been started: whoever holds its slip can
 * begin anew, and is counted when they do.
 */
function unstart(file: SQLite.Database): number {
  file.exec(`
    update backup.fieldwork_counters set started = started - (
      select count(*) from main.codes
      where codes.state = 'started' and codes.wave_id = fieldwork_counters.wave_id
        and codes.school_id = fieldwork_counters.school_id and coalesce(codes.stage, '') = fieldwork_counters.stage
        and coalesce(codes.class, '') = fieldwork_counters.class)`);
  return file.prepare("update backup.codes set state = 'unspent' where state = 'started'").run().changes;
}

/** @throws StartError unless the file is a sound database of Heard */
export function demandSound(path: string): void {
  if (!existsSync(path)) throw new StartError(`There is no backup ${path}.`);
  let file: SQLite.Database | undefined;
  try {
    file = new SQLite(path, { readonly: true, fileMustExist: true });
    const [check] = file.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (check?.integrity_check !== 'ok')
      throw new StartError(`The backup ${path} is damaged: ${check?.integrity_check}.`);
    const known = file.prepare("select 1 from sqlite_schema where type = 'table' and name = 'kysely_migration'").get();
    if (!known) throw new StartError(`The file ${path} is a database, but none of Heard: it knows no migrations.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The file ${path} is not a sound SQLite database (${String(error)}).`);
  } finally {
    file?.close();
  }
}

/**
 * Puts a backup in the place of a database. What was there is moved aside under the name that is returned, with its log.
 * @throws StartError if the backup is not sound; the database is then as it was
 */
export function restore(backup: string, url: string, at: string): { movedTo: string | null } {
  demandSound(backup);
  makeFolder(dirname(url));
  const part = `${url}.part`;
  rmSync(part, { force: true });
  const copy = new SQLite(backup, { readonly: true });
  try {
    copy.prepare('vacuum into ?').run(part);
  } finally {
    copy.close();
  }
  chmodSync(part, 0o600);
  demandSound(part);
  sync(part);
  const movedTo = existsSync(url) ? `${url}.before-${at.replace(/[^0-9]/g, '').slice(0, 14)}` : null;
  for (const ending of ['', '-wal', '-shm']) {
    if (movedTo !== null && existsSync(url + ending)) renameSync(url + ending, movedTo + ending);
  }
  renameSync(part, url);
  return { movedTo };
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
