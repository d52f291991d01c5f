import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { addLiveCodes, measureGuessing, type GuessFigures } from './guess/measure.ts';
import { openTown } from './loop/town.ts';
import { Trouble } from './loop/trouble.ts';

/*
 * `npm run guess`: whether codes can be guessed, and whether those who mistype are left alone. A small authority with
 * 40,000 live codes is set up and its server started; a school of 1,500 behind one address signs in, 5 in 100 with a
 * typing error first; then somebody else guesses until the server refuses.
 */

const USAGE = `npm run guess -- [--seed TEXT] [--json]
--seed TEXT  other typing errors (1 if none is given)
--json       one JSON object on standard output`;

const LIVE_CODES = 40_000;
const SIGN_INS = 1500;
/** What is promised: guessing all day and night from one place takes a year to hit once. */
const LEAST_DAYS = 365;

/** @throws StartError with the usage */
function readOptions(given: string[]): { seed: string; json: boolean } {
  try {
    const { values } = parseArgs({ args: given, options: { seed: { type: 'string' }, json: { type: 'boolean' } } });
    return { seed: values.seed || '1', json: values.json ?? false };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function run({ seed, json }: { seed: string; json: boolean }): Promise<void> {
  const town = await openTown(seed, { HEARD_TRUST_PROXY: '1' });
  try {
    const live = await addLiveCodes(town.services, town.authority.id, LIVE_CODES);
    const unknownWords = town.services.languages.get('en')!.words.respond.faultUnknown;
    const figures = await measureGuessing(town.address, live, { signIns: SIGN_INS, seed, unknownWords });
    if (json) console.log(JSON.stringify(figures));
    else console.table(figures);
    for (const broken of promisesBroken(figures)) {
      console.error(broken);
      process.exitCode = 1;
    }
  } finally {
    await town.close();
  }
}

function promisesBroken({ expectedDaysToFirstHit: days, refused, hits, sameLineRefused }: GuessFigures): string[] {
  return [
    ...(days < LEAST_DAYS ? [`Expected at least ${LEAST_DAYS} days to the first hit, found ${days}.`] : []),
    ...(refused > 0 ? [`Expected nobody of the school to be refused, found ${refused}.`] : []),
    ...(hits > 0 ? [`Expected no guess to be right, found ${hits}.`] : []),
    ...(sameLineRefused === 0 ? ['Expected guesses from many addresses of one line to be refused, found none.'] : []),
  ];
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof StartError || error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}
