import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { createAudit } from '../storage/audit.ts';
import { openForReading } from '../storage/database.ts';

/*
 * `npm run audit:verify -- [--json] [--head HASH --at NUMBER]`: checks the chain of the record. It only reads, so it
 * runs beside a server. It ends with 1 if an entry was changed, removed, inserted or moved, and says which.
 *
 * A chain alone cannot show that entries were cut off at its end, nor that somebody who may write to the database wrote
 * all of it anew. So write down the head (on the page of the record, or from this command), keep it away from the
 * server, and give it later with --head and --at: the command then also ends with 1 unless that entry is still there.
 */

const USAGE = 'npm run audit:verify -- [--json] [--head HASH --at NUMBER]';

interface Kept {
  sequence: number;
  hash: string;
}

/** @throws StartError if an option is unknown, or only one of --head and --at is there */
function readOptions(options: string[]): { json: boolean; kept: Kept | null } {
  const { json, head, at } = parsed(options);
  if (head === undefined && at === undefined) return { json, kept: null };
  const sequence = Number(at);
  if (!/^[0-9a-f]{64}$/.test(head ?? '') || !Number.isSafeInteger(sequence) || sequence < 1) {
    throw new StartError(
      `Expected the 64 hexadecimal digits of a head and the number of its entry, found --head ${head ?? '(none)'} --at ${at ?? '(none)'}: ${USAGE}.`,
    );
  }
  return { json, kept: { sequence, hash: head! } };
}

function parsed(options: string[]): { json: boolean; head?: string | undefined; at?: string | undefined } {
  try {
    const { values } = parseArgs({
      args: options,
      options: { json: { type: 'boolean', default: false }, head: { type: 'string' }, at: { type: 'string' } },
    });
    return values;
  } catch (error) {
    throw new StartError(`${(error as Error).message} Expected: ${USAGE}.`);
  }
}

/** Checks and prints. @returns whether the record is whole, and holds what was kept */
async function verify(options: string[]): Promise<boolean> {
  const { json, kept } = readOptions(options);
  const database = openForReading(readSettings(process.env).databaseUrl);
  try {
    const audit = createAudit(database);
    const check = await audit.check();
    const held = kept && { ...kept, found: (await audit.hashOf(kept.sequence)) === kept.hash };
    console.log(json ? JSON.stringify({ ...check, ...(held && { kept: held }) }) : inWords(check, held).join('\n'));
    return check.broken === null && held?.found !== false;
  } finally {
    await database.close();
  }
}

function inWords(
  { entries, broken, head }: Awaited<ReturnType<ReturnType<typeof createAudit>['check']>>,
  held: (Kept & { found: boolean }) | null,
): string[] {
  return [
    broken
      ? `The record is broken: entry ${broken.sequence} was ${broken.why}.`
      : `The record is whole: all ${entries} entries follow one from the other.`,
    `Its head is entry ${head.sequence}: ${head.hash}`,
    ...(held ? [keptInWords(held)] : ['Keep the head away from this server: only with it does a cut-off end show.']),
  ];
}

function keptInWords({ sequence, found }: Kept & { found: boolean }): string {
  return found
    ? `Entry ${sequence} is the one that you kept: nothing up to it was cut off or written anew.`
    : `Entry ${sequence} is gone or is not the one that you kept: the record was cut off or written anew.`;
}

try {
  if (!(await verify(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  if (error instanceof StartError || (error as Error).name === 'SettingsError') console.error((error as Error).message);
  else console.error(error);
  process.exitCode = 2;
}
