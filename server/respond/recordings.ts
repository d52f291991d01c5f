import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import { StartError } from '../errors.ts';

/*
 * Recorded words: surveys/<survey>/audio/<language>/<item>.<piece>.mp3 (or .ogg), and beside them a manifest that
 * says of each file which words it holds. Whoever answers hears a recording only of the very words on the page.
 */
const SURVEYS = join(import.meta.dirname, '..', '..', 'surveys');

export const MANIFEST = 'manifest.json';
export const AUDIO_FILE = /^[a-z0-9.-]+\.(mp3|ogg)$/;

/** File name → SHA-256 of the words that it was recorded from, in hexadecimal. */
export type Manifest = Record<string, string>;

/** A piece of an item's words, with its place: `text`, `hint`, `option.always`, `row.parks`, `text.s1-s3`. */
export interface WordsPiece {
  piece: string;
  words: string;
}

/** The recordings of one survey in one language. */
export interface Recordings {
  /** Where they begin. */
  prefix: string;
  /** The name under which a recording of these words is served: made from its content, so that it never changes. */
  nameOf(words: string): string | undefined;
  /** The file of a served name. */
  fileOf(name: string): string | undefined;
}

/** SHA-256 of words, as manifests hold it. */
export function hashOfWords(words: string): string {
  return hash('sha256', words, 'hex');
}

/** All words of an item as one level reads them (`atLevel`), in the order they are read. */
export function piecesOf(text: ItemText): WordsPiece[] {
  const { hint, rows = {}, options = {}, low, high, unit } = text;
  const single = (piece: string, words: string | undefined) => (words === undefined ? [] : [{ piece, words }]);
  const each = (piece: string, words: Record<string, string>) =>
    Object.entries(words).map(([code, of]) => ({ piece: `${piece}.${code}`, words: of }));
  return [
    { piece: 'text', words: text.text },
    ...single('hint', hint),
    ...each('row', rows),
    ...each('option', options),
    ...single('low', low),
    ...single('high', high),
    ...single('unit', unit),
  ];
}

/** All words of a survey that can be recorded, at every level, by file name without its ending. */
export function piecesOfSurvey({ items }: SurveyText): Map<string, string> {
  const pieces = new Map<string, string>();
  for (const [item, text] of Object.entries(items)) {
    for (const { piece, words } of piecesOf(text)) pieces.set(`${item}.${piece}`, words);
    for (const [level, wording] of Object.entries(text.levels ?? {})) {
      for (const [piece, words] of Object.entries(wording)) pieces.set(`${item}.${piece}.${level}`, words);
    }
  }
  return pieces;
}

/**
 * The manifest of a folder of recordings; empty if there is none.
 * @throws StartError naming the file if it cannot be read
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return {};
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isManifest(manifest)) return manifest;
  } catch {
    // Said below, in the same words.
  }
  throw new StartError(
    `${path} cannot be used: expected file names, each with 64 hexadecimal digits. Note the files again (docs/recordings.md).`,
  );
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, of]) => AUDIO_FILE.test(name) && /^[0-9a-f]{64}$/.test(String(of)));
}

/** Reads every recording in a folder of surveys, by `<survey>/<language>`. @throws StartError for a broken manifest */
export function readRecordings(surveys = SURVEYS): Map<string, Recordings> {
  const all = new Map<string, Recordings>();
  for (const survey of foldersIn(surveys)) {
    for (const language of foldersIn(join(surveys, survey, 'audio'))) {
      all.set(`${survey}/${language}`, readFolder(surveys, survey, language));
    }
  }
  return all;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function readFolder(surveys: string, survey: string, language: string): Recordings {
  const folder = join(surveys, survey, 'audio', language);
  const names = new Map<string, string>();
  const files = new Map<string, string>();
  for (const [file, wordsHash] of Object.entries(readManifest(folder))) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const name = `${hash('sha256', readFileSync(path), 'hex').slice(0, 16)}${extname(file)}`;
    names.set(wordsHash, name);
    files.set(name, path);
  }
  return {
    prefix: `/respond/recordings/${survey}/${language}/`,
    nameOf: (words) => names.get(hashOfWords(words)),
    fileOf: (name) => files.get(name),
  };
}

let shipped: Map<string, Recordings> | undefined;
const NONE: Recordings = { prefix: '', nameOf: () => undefined, fileOf: () => undefined };

/** The recordings that this copy of Heard has, read once. @throws StartError for a broken manifest */
export function shippedRecordings(): Map<string, Recordings> {
  shipped ??= readRecordings();
  return shipped;
}

/** The recordings of a survey in a language; of most there are none. */
export function recordingsOf(surveyId: string, language: string): Recordings {
  return shippedRecordings().get(`${surveyId}/${language}`) ?? NONE;
}

/** What a question page says of its recordings. */
export interface PageRecordings {
  /** For public/js/read-aloud.js: where they begin, then a key of words and a name for each; empty if there are none. */
  list: string;
  /** For browsers without scripts: the words and the address of each. */
  audios: { words: string; href: string }[];
}

/** The recordings of the words of an item, as one level reads them (`atLevel`). */
export function recordingsOnPage(recordings: Recordings, text: ItemText): PageRecordings {
  const found = piecesOf(text).flatMap(({ words }) => {
    const name = recordings.nameOf(words);
    return name === undefined ? [] : [{ words, name }];
  });
  if (found.length === 0) return { list: '', audios: [] };
  const keys = new Map(found.map(({ words, name }) => [keyOfWords(words), name]));
  return {
    list: [recordings.prefix, ...[...keys].map(([key, name]) => `${key}=${name}`)].join(' '),
    audios: found.map(({ words, name }) => ({ words, href: recordings.prefix + name })),
  };
}

/**
 * A short key of words, by which a page finds the recording of a line without knowing what the line is:
 * FNV-1a (Fowler, Noll, Vo) with 32 bits over UTF-16 code units, spaces taken together. The same as in
 * public/js/read-aloud.js.
 */
export function keyOfWords(words: string): string {
  let key = 0x811c9dc5;
  for (const letter of words.trim().replace(/\s+/g, ' ').split('')) {
    key = Math.imul(key ^ letter.charCodeAt(0), 0x01000193);
  }
  return (key >>> 0).toString(36);
}
