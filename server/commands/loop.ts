import { parseArgs } from 'node:util';
import { StartError } from '../errors.ts';
import { runLoop, type LoopFacts } from './loop/run.ts';
import { failed, StepFailed, type Step } from './loop/steps.ts';
import { openTown, type Town } from './loop/town.ts';

/*
 * `npm run loop`: the whole loop, small but real. A seeded authority is imported into a fresh database, the
 * server started, and every step taken over HTTP as its people would: from an idea in a youth forum to a question, its
 * answers, a public reply and what children answer to that. Ends with status 0 only if all of it was seen to hold.
 */

const USAGE = `npm run loop -- [--seed TEXT] [--json] [--keep]
--seed TEXT  other places and other answers (1 if none is given)
--json       one JSON object on standard output, the steps on standard error
--keep       leave the server up and print the address of each step, until Ctrl-C`;

/** The release takes minutes, and longer where other programs want the cores; whatever takes this long hangs. */
const LONGEST_SECONDS = 900;

interface Options {
  seed: string;
  json: boolean;
  keep: boolean;
}

/** @throws StartError with the usage */
function readOptions(given: string[]): Options {
  try {
    const { values } = parseArgs({
      args: given,
      options: { seed: { type: 'string' }, json: { type: 'boolean' }, keep: { type: 'boolean' } },
    });
    return { seed: values.seed || '1', json: values.json ?? false, keep: values.keep ?? false };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function run({ seed, json, keep }: Options): Promise<void> {
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) / 100) / 10;
  const say = json ? console.error : console.log;
  const steps: Step[] = [];
  // Leaving in a hurry still removes the temporary folder, which the end of the process does.
  const hurry = () => process.exit(130);
  process.once('SIGINT', hurry).once('SIGTERM', hurry);
  const patience = setTimeout(() => {
    const last = steps.at(-1)?.title ?? 'the start';
    console.error(
      `The step after "${last}": expected the loop to end within ${LONGEST_SECONDS} s, found it under way.`,
    );
    process.exit(1);
  }, LONGEST_SECONDS * 1000).unref();
  const town = await openTown(seed).catch((error: unknown) => {
    throw failed('Import an authority and start the server', error);
  });
  try {
    const { schools, clusters } = town.authority;
    say(
      `${elapsed()} s  ${town.authority.name}: ${clusters.length} clusters, ${schools.length} schools, at ${town.address}`,
    );
    const facts = await runLoop(town, seed, (step) => {
      steps.push(step);
      say(`${elapsed()} s  ${step.title}: ${step.seen}`);
    });
    clearTimeout(patience);
    report(json, { ...facts, seconds: elapsed() });
    if (!keep) return;
    process.off('SIGINT', hurry).off('SIGTERM', hurry);
    say(whereToLook(town, steps).join('\n'));
    await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  } finally {
    clearTimeout(patience);
    await town.close();
  }
}

function report(json: boolean, facts: LoopFacts & { seconds: number }): void {
  if (json) console.log(JSON.stringify(facts));
  else
    for (const [name, value] of Object.entries(facts))
      console.log(`  ${name.padEnd(20)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
}

function whereToLook({ address, signIns }: Town, steps: readonly Step[]): string[] {
  return [
    '',
    'The server stays up until Ctrl-C; then everything is removed.',
    ...steps.map((step) => `  ${step.title.padEnd(40)} ${step.address}${step.who ? `  (${step.who})` : ''}`),
    '',
    `Sign in at ${address}/people/sign-in`,
    ...Object.values(signIns).map(({ name, password }) => `  ${name.padEnd(14)} ${password}`),
  ];
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  if (error instanceof StepFailed || error instanceof StartError) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}
