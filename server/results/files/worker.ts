import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { Release } from '../../core/disclosure/release.ts';
import { sha256 } from '../../storage/releases.ts';
import { loadLanguages } from '../../web/language.ts';
import { fileItems } from './content.ts';
import { FORMATS, makeFiles, type Format } from './formats.ts';
import { groupsFile } from './groups.ts';
import type { PackedFiles, ShelfInput } from './shelf.ts';

/* Runs in a thread of its own: a release and its words in, its files out, packed. */
const { text, isNarrowed, entry, languageCode, asked, part } = workerData as ShelfInput;
const language = loadLanguages().get(languageCode);
if (!language) throw new Error(`Files were asked for in "${languageCode}": expected a language of the interface.`);
const release = isNarrowed ? Release.readNarrowed(text, entry.sha256) : Release.read(text, entry.sha256, sha256);
const items = fileItems(language, release, asked, sha256);
const content = { language, entry, release, items };
const made: Partial<Record<Format, Buffer>> =
  part === 'groups' ? { groups: Buffer.from(groupsFile(content)) } : await makeFiles(content);
const packed: PackedFiles = new Map(
  FORMATS.flatMap((format) => {
    const bytes = made[format];
    return bytes ? [[format, { size: bytes.length, packed: gzipSync(bytes) }] as const] : [];
  }),
);
parentPort?.postMessage(packed);
