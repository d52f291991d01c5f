import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../errors.ts';
import { makeFolder } from './folder.ts';

/*
 * The waves whose answers were deleted, in a file beside the secrets and not in the database: whoever puts a backup
 * back brings the answers back with it, and the server deletes them again before it serves anybody. A wave stands here
 * before the first of its answers is deleted.
 */
export interface DeletionList {
  add(entry: ListedDeletion): void;
  all(): ListedDeletion[];
}

export interface ListedDeletion {
  waveId: string;
  /** The retention date, a civil date. */
  dueOn: string;
}

const LINE = /^([\w-]+) (\d{4}-\d{2}-\d{2})$/;

/** @param folder that of the secrets */
export function openDeletionList(folder: string): DeletionList {
  const path = join(folder, 'deleted-waves');

  /** @throws StartError if a line cannot be read: answers would come back in silence */
  function all(): ListedDeletion[] {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [, waveId, dueOn] = LINE.exec(line) ?? [];
        if (waveId === undefined || dueOn === undefined)
          throw new StartError(
            `The list of deleted waves ${path} is damaged: expected lines such as "autumn-2025 2027-06-30", found "${line}". Mend that line; without it answers of a backup could come back.`,
          );
        return { waveId, dueOn };
      });
  }

  return {
    all,
    add({ waveId, dueOn }) {
      if (all().some((listed) => listed.waveId === waveId)) return;
      makeFolder(folder);
      const file = openSync(path, 'a', 0o600);
      writeSync(file, `${waveId} ${dueOn}\n`);
      fsyncSync(file);
      closeSync(file);
    },
  };
}
