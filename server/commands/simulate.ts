import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../core/seeded-random.ts';
import { StartError } from '../errors.ts';
import { Trouble } from './loop/trouble.ts';
import { startArguments, startServer } from './server-process.ts';
import { closeWave, openAdministration, printSlips } from './simulate/fieldwork.ts';
import { dealSlips } from './simulate/slips.ts';
import { differencesFromStored } from './simulate/stored.ts';
import { pupilsWhoCome, simulate, type Simulated } from './simulate/wave.ts';

/*
 * `npm run simulate`: a whole wave answered over HTTP as pupils do it. Starts a server of its own with the demonstration
 * in a temporary folder, has slips made for every school, deals them, and lets pupils answer by the demonstration's own
 * model: alike within schools, different by band and deprivation; some skip, decline, stop, or put the device down.
 */

const USAGE = `npm run simulate -- [--pupils N] [--at-once N] [--seed TEXT] [--close] [--json]
--pupils N    who come (21178 if none is given, at most 25000)
--at-once N   of them at the same time (150)
--seed TEXT   other pupils and other answers (1)
--close       closes the wave afterwards and says how long that takes
--json        one JSON object on standard output`;

interface Options {
  pupils: number;
  atOnce: number;
  seed: string;
  close: boolean;
  json: boolean;
}

/** @throws StartError with the usage */
function readOptions(given: string[]): Options {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const { values } = parseArgs({
      args: given,
      options: { pupils: text, 'at-once': text, seed: text, close: flag, json: flag },
    });
    return {
      pupils: wholeNumber('--pupils', values.pupils ?? '21178', 25_000),
      atOnce: wholeNumber('--at-once', values['at-once'] ?? '150', 2000),
      seed: values.seed || '1',
      close: values.close ?? false,
      json: values.json ?? false,
    };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Error(`${name}: expected a whole number from 1 to ${most}, found "${text}".`);
}

async function run(options: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-simulate-'));
  const url = join(folder, 'heard.sqlite');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const environment = {
    PORT: '0',
    DATABASE_URL: url,
    HEARD_SECRETS: join(folder, 'secrets'),
    HEARD_DEMONSTRATION: 'yes',
  };
  const say = (words: string) => console.error(words);
  const server = await startServer(startArguments(), environment);
  try {
    const administration = await openAdministration(`http://127.0.0.1:${server.port}`);
    const slips = await printSlips(administration);
    say(`${slips.length} slips printed`);
    const pupils = pupilsWhoCome(options.pupils, options.seed);
    const dealt = dealSlips(slips, pupils, seededRandom(`${options.seed}/dealing`));
    const simulated = await simulate(server.port, dealt, options);
    say(`${simulated.pupils} pupils in ${Math.round(simulated.seconds)} s`);
    const closeSeconds = options.close ? await closeWave(administration) : undefined;
    administration.close();
    const memory = Math.round(server.memory());
    await server.stop();
    const differences = await differencesFromStored(url, administration.wave, simulated);
    report(options, { ...figuresOf(simulated), serverMiB: memory, closeSeconds: closeSeconds && round(closeSeconds) });
    for (const words of [...simulated.firstErrors, ...differences]) say(words);
    if (simulated.errors > 0 || differences.length > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

function figuresOf({ posts, firstErrors: _, seconds, ...counts }: Simulated) {
  const sorted = posts.toSorted();
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
  return {
    ...counts,
    seconds: round(seconds),
    answeredPerSecond: Math.round(counts.pages / seconds),
    medianMs: at(0.5),
    p99Ms: at(0.99),
  };
}

function report({ json }: Options, figures: object): void {
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
}

const round = (value: number) => Math.round(value * 10) / 10;

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof StartError || error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}
