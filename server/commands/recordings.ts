import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SurveyText } from '../core/survey/text.ts';
import { StartError } from '../errors.ts';
import { AUDIO_FILE, hashOfWords, MANIFEST, piecesOfSurvey, readManifest } from '../respond/recordings.ts';

/* `npm run recordings`: what of each survey is recorded, and noting what a new file holds (docs/recordings.md). */

const USAGE = `npm run recordings -- [--json] [--surveys FOLDER]
npm run recordings -- --note FILE [--note FILE …]
Without --note it says what is recorded, missing and outdated. --note writes into the manifest beside FILE that it
holds the words as they are now. File names are in docs/recordings.md.`;

const SURVEYS = join(import.meta.dirname, '..', '..', 'surveys');

/** Words of a survey in a language, by what is there to be heard of them; names are those of files without ending. */
interface Standing {
  survey: string;
  language: string;
  texts: number;
  recorded: number;
  missing: Piece[];
  /** Recorded, but from other words: the text has changed since. */
  outdated: Piece[];
  /** Files that nobody has noted, so nobody knows which words they hold. */
  unnoted: string[];
  /** Files that belong to no words of the survey. */
  strays: string[];
}

interface Piece {
  name: string;
  words: string;
}

/** How far the recordings of every survey in a folder have come, by survey and language. */
function standings(surveys: string): Standing[] {
  if (!existsSync(surveys)) throw new StartError(`--surveys: the folder ${surveys} is not there. Check its path.`);
  const folders = readdirSync(surveys, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .filter(({ name }) => name !== 'examples' && existsSync(join(surveys, name, 'survey.json')))
    .flatMap(({ name }) => languagesOf(join(surveys, name)).map((language) => standingOf(surveys, name, language)));
}

function languagesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => /^text\.([a-z]{2,3})\.json$/.exec(name)?.[1] ?? []);
}

function standingOf(surveys: string, survey: string, language: string): Standing {
  const folder = join(surveys, survey);
  const pieces = piecesOfSurvey(readText(folder, language));
  const audio = join(folder, 'audio', language);
  const files = existsSync(audio) ? readdirSync(audio).filter((name) => AUDIO_FILE.test(name)) : [];
  const manifest = readManifest(audio);
  const noted = files.filter((file) => manifest[file] !== undefined);
  const heard = new Set(noted.map((file) => manifest[file]));
  const without = [...pieces]
    .filter(([, words]) => !heard.has(hashOfWords(words)))
    .map(([name, words]) => ({ name, words }));
  const notedNames = new Set(noted.map(nameOf));
  return {
    survey,
    language,
    texts: pieces.size,
    recorded: pieces.size - without.length,
    missing: without.filter(({ name }) => !notedNames.has(name)),
    outdated: without.filter(({ name }) => notedNames.has(name)),
    unnoted: files.filter((file) => manifest[file] === undefined && pieces.has(nameOf(file))),
    strays: files.filter((file) => !pieces.has(nameOf(file))),
  };
}

const nameOf = (file: string) => basename(file, extname(file));

function readText(folder: string, language: string): SurveyText {
  const path = join(folder, `text.${language}.json`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SurveyText;
  } catch (error) {
    throw new StartError(`${path} cannot be read (${(error as Error).message}). Check the survey and its language.`);
  }
}

/** The table, and under it what is to be recorded, an item a line. */
function report(all: readonly Standing[]): string[] {
  const rows = [
    ['survey', 'language', 'texts', 'recorded', 'missing', 'outdated'],
    ...all.map(({ survey, language, texts, recorded, missing, outdated }) => [
      survey,
      language,
      ...[texts, recorded, missing.length, outdated.length].map(String),
    ]),
  ];
  const widths = rows[0]!.map((_title, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
  );
  return [...table, ...all.flatMap(details)];
}

function details({ survey, language, texts, missing, outdated, unnoted, strays }: Standing): string[] {
  const lines = [
    // Where nothing is recorded the list is the survey itself.
    ...(missing.length < texts ? byItem('missing', missing) : []),
    ...byItem('outdated', outdated),
    ...unnoted.map((file) => `  not noted: ${file} (--note surveys/${survey}/audio/${language}/${file})`),
    ...strays.map((file) => `  of no words: ${file}`),
  ];
  return lines.length > 0 ? ['', `${survey}, ${language}`, ...lines] : [];
}

function byItem(title: string, pieces: readonly Piece[]): string[] {
  const items = Map.groupBy(pieces, ({ name }) => name.slice(0, name.indexOf('.')));
  return [...items].map(([item, of]) => {
    return `  ${title}: ${item}: ${of.map(({ name }) => name.slice(item.length + 1)).join(', ')}`;
  });
}

/** Notes that a file holds the words of its name as they are now. @returns a sentence that says so */
function note(path: string): string {
  const file = resolve(path);
  const audio = dirname(file);
  const language = basename(audio);
  const survey = dirname(dirname(audio));
  if (basename(dirname(audio)) !== 'audio' || !AUDIO_FILE.test(basename(file))) {
    throw new StartError(`--note ${path}: expected surveys/<survey>/audio/<language>/<item>.<piece>.mp3 (or .ogg).`);
  }
  if (!existsSync(file)) throw new StartError(`--note ${path}: there is no such file. Put the recording there first.`);
  const pieces = piecesOfSurvey(readText(survey, language));
  const words = pieces.get(nameOf(file));
  if (words === undefined) throw new StartError(`--note ${path}: ${expectedNames(nameOf(file), pieces)}`);
  const manifest = { ...readManifest(audio), [basename(file)]: hashOfWords(words) };
  const sorted = Object.fromEntries(Object.entries(manifest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(audio, MANIFEST), `${JSON.stringify(sorted, null, 2)}\n`);
  return `Noted: ${basename(file)} holds “${words}”`;
}

function expectedNames(name: string, pieces: ReadonlyMap<string, string>): string {
  const item = name.slice(0, name.indexOf('.'));
  const ofItem = [...pieces.keys()].filter((known) => known.startsWith(`${item}.`));
  if (ofItem.length === 0) return `the survey has no item "${item}". Check the name of the file.`;
  return `"${item}" has no such words; expected one of ${ofItem.join(', ')}.`;
}

function run(given: string[]): void {
  const { json, surveys, note: files } = readOptions(given);
  if (files.length > 0) for (const path of files) console.log(note(path));
  else if (json) console.log(JSON.stringify(standings(surveys), null, 2));
  else for (const line of report(standings(surveys))) console.log(line);
}

/** @throws StartError with the usage */
function readOptions(given: string[]): { json: boolean; surveys: string; note: string[] } {
  const options = {
    json: { type: 'boolean' },
    surveys: { type: 'string' },
    note: { type: 'string', multiple: true },
  } as const;
  try {
    const { values } = parseArgs({ args: given, options });
    return { json: values.json ?? false, surveys: values.surveys ?? SURVEYS, note: values.note ?? [] };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

try {
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
