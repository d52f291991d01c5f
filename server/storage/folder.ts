import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder for this user alone, and the folders above it where they are missing. Not with mkdir's own
 * `recursive`: in Node 24 that never ends where a file system refuses with ENOENT (/proc does).
 * @throws the system's error if one of them cannot be made or is a file
 */
export function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  const parent = dirname(path);
  if (!found && parent !== path) makeFolder(parent);
  mkdirSync(path, { mode: 0o700 });
}
