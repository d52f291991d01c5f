import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { StartError } from '../errors.ts';
import { makeFolder } from './folder.ts';

/** Held while a server serves a database, or while somebody puts another in its place. */
export interface ServerLock {
  release(): void;
}

/**
 * Makes sure that one server at most has a database, and that none has while it is replaced. The lock is that of a small
 * database beside it: the system lets go of it when its process ends, however it ends.
 * @throws StartError if another process holds it
 */
export function lockServer(url: string): ServerLock {
  if (url === ':memory:') return { release: () => undefined };
  makeFolder(dirname(url));
  const file = new SQLite(`${url}.lock`);
  try {
    file.pragma('busy_timeout = 0');
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) {
      throw new StartError(`A Heard server has the database ${url}. Stop it first.`);
    }
    throw error;
  }
  return {
    release() {
      file.exec('rollback');
      file.close();
    },
  };
}
