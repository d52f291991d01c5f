import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { Trouble } from './loop/trouble.ts';
import { runPrivacy } from './privacy/run.ts';

/*
 * `npm run privacy`: looks for what must not be kept. Pupils who can be recognised answer in the demonstration's open waves
 * over HTTP; then the database, its log, the server's log and backups are searched byte by byte, while the waves are open
 * and after they were closed, and every join is tried that might tie a code or an attempt to a response.
 */

const USAGE = `npm run privacy -- [--seed TEXT] [--json]
--seed TEXT  other pupils (1 if none is given)
--json       one JSON object on standard output`;

/** @throws StartError with the usage */
function readOptions(given: string[]): { seed: string; json: boolean } {
  try {
    const { values } = parseArgs({ args: given, options: { seed: { type: 'string' }, json: { type: 'boolean' } } });
    return { seed: values.seed || '1', json: values.json ?? false };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'heard-privacy-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
try {
  const { seed, json } = readOptions(process.argv.slice(2));
  const { figures, found } = await runPrivacy(folder, seed, console.error);
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
  for (const words of new Set(found)) console.error(words);
  if (found.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof StartError || error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}
