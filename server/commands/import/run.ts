import { changesOf, isChange, type Changes } from '../../core/places/changes.ts';
import { crossFaults, type Readings } from '../../core/places/check.ts';
import { FORMAT_NAMES, noPlaces, type FormatName, type PlaceRows, type Row } from '../../core/places/formats.ts';
import { readRows, type ImportFault } from '../../core/places/read.ts';
import { createAuthorities, type Authority } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { createPlaces } from '../../storage/places.ts';
import { splitFile } from './files.ts';

/** A file to import: what it is called in faults, and its bytes. */
export interface ImportFile {
  name: string;
  bytes: Uint8Array;
}

export type ImportFiles = { [F in FormatName]?: ImportFile };

export interface ImportRequest {
  authorityId: string;
  /** Needed when the authority is new; renames it otherwise. */
  name?: string;
  /** Needed when the authority is new; never changes afterwards. */
  kind?: Authority['kind'];
  files: ImportFiles;
  /** Without it nothing is written: a dry run. */
  write: boolean;
  /** The time, as ISO-8601 UTC text. */
  at: string;
}

export type ImportOutcome =
  | { faults: ImportFault[]; troubles: string[] }
  | {
      authority: Authority;
      /** What happens to the authority itself. */
      standing: 'new' | 'renamed' | 'unchanged';
      changes: Changes;
      /** Whether anything was written; a dry run and an import that changes nothing write nothing. */
      written: boolean;
    };

/**
 * Imports places and rolls, all of it or nothing.
 * @returns every fault of every file (nothing was written), or what was or would be changed
 */
export async function importPlaces(database: Database, request: ImportRequest): Promise<ImportOutcome> {
  const { authority, standing, troubles } = await authorityOf(database, request);
  const { readings, faults } = readFiles(request.files);
  const places = createPlaces(database);
  const wanted = wantedRows(readings);
  const days = [...new Set(wanted.rolls.map(({ date }) => date))];
  const stored = await places.rows(request.authorityId, days);
  const split = faults.length === 0;
  const all = [
    ...faults,
    ...FORMAT_NAMES.flatMap((format) => readings[format]?.faults ?? []),
    // A file that could not be split would make every reference to it look wrong.
    ...(split ? crossFaults(readings, stored, request.at.slice(0, 10)) : []),
  ];
  if (!authority || all.length > 0 || troubles.length > 0) return { faults: inOrder(all), troubles };
  const changes = changesOf(stored, wanted);
  const written = request.write && (standing !== 'unchanged' || isChange(changes));
  if (written) await places.write(authority, changes, request.at);
  return { authority, standing, changes, written };
}

interface AuthorityOutcome {
  authority?: Authority;
  standing: 'new' | 'renamed' | 'unchanged';
  troubles: string[];
}

async function authorityOf(
  database: Database,
  { authorityId: id, name, kind }: ImportRequest,
): Promise<AuthorityOutcome> {
  const known = await createAuthorities(database).find(id);
  if (!known) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) {
      const sentence = `The authority "${id}" needs an id of 1 to 40 small letters, digits or hyphens, beginning with a letter.`;
      return { standing: 'new', troubles: [sentence] };
    }
    if (!name || !kind) {
      const sentence = `There is no authority "${id}" yet. To add it, give its name and kind: --name NAME --kind demonstration or real.`;
      return { standing: 'new', troubles: [sentence] };
    }
    return { authority: { id, name, kind }, standing: 'new', troubles: [] };
  }
  if (kind && kind !== known.kind) {
    const sentence = `${known.name} is stored as ${known.kind}, and that never changes. Leave --kind out, or use another id.`;
    return { standing: 'unchanged', troubles: [sentence] };
  }
  const renamed = name !== undefined && name !== known.name;
  return {
    authority: { ...known, name: name ?? known.name },
    standing: renamed ? 'renamed' : 'unchanged',
    troubles: [],
  };
}

/** Reads what could be split, and names what could not. */
function readFiles(files: ImportFiles): { readings: Readings; faults: ImportFault[] } {
  const readings: Readings = {};
  const faults: ImportFault[] = [];
  const read = <F extends FormatName>(format: F) => {
    const file = files[format];
    if (!file) return;
    const split = splitFile(file.name, file.bytes);
    if ('fault' in split) faults.push(split.fault);
    else (readings as Record<FormatName, unknown>)[format] = readRows(format, split.table);
  };
  FORMAT_NAMES.forEach(read);
  return { readings, faults };
}

function wantedRows(readings: Readings): PlaceRows {
  const rows = noPlaces();
  const take = <F extends FormatName>(format: F) => {
    const found: { row: Row<F> }[] = readings[format]?.rows ?? [];
    rows[format] = found.map(({ row }) => row) as PlaceRows[F];
  };
  FORMAT_NAMES.forEach(take);
  return rows;
}

/** File by file as they were given, and down each file. */
function inOrder(faults: ImportFault[]): ImportFault[] {
  return [...Map.groupBy(faults, ({ file }) => file).values()].flatMap((found) =>
    found.toSorted((a, b) => a.line - b.line),
  );
}
