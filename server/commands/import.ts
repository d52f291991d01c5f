import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FORMAT_NAMES } from '../core/places/formats.ts';
import { StartError } from '../errors.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import { reportOf } from './import/report.ts';
import { importPlaces, type ImportFiles, type ImportRequest } from './import/run.ts';

/* `npm run import`: places and rolls from CSV files (docs/import.md). A dry run unless --write is given. */

const USAGE = `npm run import -- --authority ID [--name NAME --kind demonstration|real]
    [--localities FILE] [--schools FILE] [--clusters FILE] [--memberships FILE] [--rolls FILE] [--write]
Without --write it says what would change and names every fault. The formats are in docs/import.md.`;

/**
 * Reads what was asked for on the command line, and the files.
 * @throws StartError with one sentence and the usage
 */
function readRequest(options: string[]): ImportRequest {
  const { values } = parse(options);
  if (!values.authority) throw new StartError(`Name the authority: --authority ID.\n${USAGE}`);
  if (values.kind !== undefined && values.kind !== 'demonstration' && values.kind !== 'real') {
    throw new StartError(`--kind: expected demonstration or real, found "${values.kind}".\n${USAGE}`);
  }
  const files: ImportFiles = {};
  for (const format of FORMAT_NAMES) {
    const path = values[format];
    if (path !== undefined) files[format] = { name: path, bytes: readBytes(format, path) };
  }
  if (Object.keys(files).length === 0) throw new StartError(`Name at least one file to import.\n${USAGE}`);
  return {
    authorityId: values.authority,
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.kind === undefined ? {} : { kind: values.kind }),
    files,
    write: values.write ?? false,
    at: new Date().toISOString(),
  };
}

function parse(options: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: options,
      options: {
        authority: text,
        name: text,
        kind: text,
        localities: text,
        schools: text,
        clusters: text,
        memberships: text,
        rolls: text,
        write: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

function readBytes(format: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new StartError(`--${format}: the file ${path} cannot be read (${code}). Check its path.`);
  }
}

async function run(options: string[]): Promise<void> {
  const request = readRequest(options);
  const database = openDatabase(readSettings(process.env).databaseUrl);
  try {
    await migrate(database);
    const outcome = await importPlaces(database, request);
    for (const line of reportOf(outcome, request.write)) console.log(line);
    if ('faults' in outcome) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof StartError || error instanceof SettingsError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
