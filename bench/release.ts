import { Worker } from 'node:worker_threads';
import { ITEMS } from './release/eight-clusters.ts';
import { MUTATIONS, type Mutation } from './release/mutation.ts';
import type { ItemOutcome, WorkerInput } from './release/worker.ts';

/*
 * `npm run bench:release`: makes a made-up wave of eight clusters and forty items safe on two threads, and says how
 * long that took, what withstood the attack, and what is left for readers. --mutate rounding, withheld or export plants
 * a mistake: then the attack must name what it gives away, and the command fails. --json prints one object.
 */
const SEED = 'eight clusters';
const THREADS = 2;
const json = process.argv.includes('--json');
const mutation = readMutation();

function readMutation(): Mutation | null {
  const index = process.argv.indexOf('--mutate');
  if (index < 0) return null;
  const found = MUTATIONS.find((candidate) => candidate === process.argv[index + 1]);
  if (found) return found;
  console.error(`--mutate: expected ${MUTATIONS.join(', ')}, found ${process.argv[index + 1] ?? 'nothing'}.`);
  process.exit(2);
}

/** Hands items to threads as these get free. */
async function makeSafe(): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: THREADS }, () => {
      const workerData: WorkerInput = { seed: SEED, mutation };
      const worker = new Worker(new URL('./release/worker.ts', import.meta.url), { workerData });
      return new Promise<void>((resolve, reject) => {
        worker.on('message', (message: 'ready' | ItemOutcome) => {
          if (message !== 'ready') {
            outcomes.push(message);
            if (!json) console.log(`${outcomes.length} of ${ITEMS}: ${message.audit.item}`);
          }
          worker.postMessage(next < ITEMS ? next++ : null);
        });
        worker.once('error', reject);
        worker.once('exit', () => resolve());
      });
    }),
  );
  return outcomes;
}

const start = performance.now();
const outcomes = await makeSafe();
const seconds = (performance.now() - start) / 1000;
const audits = outcomes.map(({ audit }) => audit);
const sum = (of: (outcome: ItemOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
const failing = audits.flatMap((audit) => audit.failing);
const errors = outcomes.flatMap(({ usefulness }) => usefulness.errors).toSorted((one, other) => one - other);
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

const figures = {
  seconds: rounded(seconds, 1),
  items: audits.length,
  targets: sum(({ audit }) => audit.targets),
  certified: sum(({ audit }) => audit.certified),
  lps: sum(({ audit: { work } }) => work.programmes + work.wholeProgrammes),
  retried: sum(({ audit: { work } }) => work.retried),
  // Of real numbers there is none: one without an optimum even at the third try ends the command with an error.
  nonOptimal: sum(({ audit: { work } }) => work.givenUp),
  failingTargets: failing.length,
  exactRecoveries: failing.filter(({ left }) => left <= 1).length,
  narrowest: Math.min(...audits.map((audit) => audit.narrowest)),
  shownShare: rounded(sum(({ usefulness }) => usefulness.shown) / sum(({ usefulness }) => usefulness.wanted), 4),
  withheldShare: rounded(sum(({ audit }) => audit.withheld) / sum(({ audit }) => audit.shownByRule), 4),
  medianErrorPoints: rounded(errors[Math.floor(errors.length / 2)] ?? NaN, 2),
};
if (json) console.log(JSON.stringify(figures));
else console.table(figures);
for (const { target, left } of failing.slice(0, 20))
  console.error(`Given away: ${target} (${left} whole numbers left)`);
if (mutation && !outcomes.some(({ isMutated }) => isMutated)) console.error(`Nothing to mutate by ${mutation}.`);
if (failing.length > 0) process.exit(1);
