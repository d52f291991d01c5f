import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { gunzip } from 'node:zlib';
import type { Release } from '../../core/disclosure/release.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { LanguageCode } from '../../web/language.ts';
import type { AskedByBand } from '../asked.ts';
import { PART_OF, type Format, type Part } from './formats.ts';

/*
 * Where the files of releases are kept once they are made. A release never changes, so they are made when
 * somebody first asks, in a thread of their own: pupils who answer meanwhile wait for nothing. One release is
 * done at a time, and packed files of a few stay in memory.
 */

/** What files are made from, as it is handed to the worker. */
export interface ShelfInput {
  /** The release, or what an area sees of it. */
  text: string;
  isNarrowed: boolean;
  entry: ReleaseEntry;
  languageCode: LanguageCode;
  part: Part;
  asked: ReadonlyMap<string, AskedByBand>;
}

export type PackedFiles = ReadonlyMap<Format, PackedFile>;

interface PackedFile {
  /** Bytes before it was packed. */
  size: number;
  packed: Uint8Array;
}

/** Files of one release in one language that are made together. */
export interface FileSet {
  /** Bytes of a file as it is sent; undefined while it is not made. */
  size(format: Format): number | undefined;
  bytes(format: Format): Promise<Buffer>;
}

export interface FileShelf {
  files(
    entry: ReleaseEntry,
    release: Release,
    languageCode: LanguageCode,
    asked: () => Promise<ReadonlyMap<string, AskedByBand>>,
    part: Part,
  ): Promise<FileSet>;
}

/** Releases times languages that stay in memory, about two megabytes each. */
const KEPT = 8;

const unpack = promisify(gunzip);

export function createFileShelf(): FileShelf {
  const kept = new Map<string, Promise<PackedFiles>>();
  let before: Promise<unknown> = Promise.resolve();

  /** After whatever is being made, whether that succeeds or not. */
  function inTurn(make: () => Promise<PackedFiles>): Promise<PackedFiles> {
    const made = before.then(make, make);
    before = made;
    return made;
  }

  return {
    async files(entry, release, languageCode, asked, part) {
      const key = `${entry.id} ${languageCode} ${part} ${areaKey(release)}`;
      let packed = kept.get(key);
      if (!packed) {
        packed = inTurn(async () => inWorker({ ...inputOf(release), entry, languageCode, part, asked: await asked() }));
        keep(kept, key, packed);
        // What failed is made anew when it is asked for again.
        packed.catch(() => kept.delete(key));
      }
      return fileSet(await packed, part);
    },
  };
}

/** What tells the files of one area from those of another and of the whole: the places and schools that they name. */
const areaKey = ({ isNarrowed, nodes }: Release) => (isNarrowed ? JSON.stringify(nodes) : '');

const inputOf = ({ text, isNarrowed }: Release) => ({ text, isNarrowed });

function keep(kept: Map<string, Promise<PackedFiles>>, key: string, packed: Promise<PackedFiles>): void {
  const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(key, packed);
}

function fileSet(files: PackedFiles, part: Part): FileSet {
  const file = (format: Format): PackedFile => {
    const found = files.get(format);
    if (!found) throw new Error(`The worker for files made none of the format ${format}: expected all formats.`);
    return found;
  };
  return {
    size: (format) => (PART_OF[format] === part ? file(format).size : undefined),
    bytes: (format) => unpack(file(format).packed),
  };
}

function inWorker(input: ShelfInput): Promise<PackedFiles> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (status) => reject(new Error(`The worker for files ended with ${status} before it was done.`)));
  });
}
