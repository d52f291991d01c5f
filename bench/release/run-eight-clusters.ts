import { Worker } from 'node:worker_threads';
import { ITEMS } from './eight-clusters.ts';
import type { Mutation } from './mutation.ts';
import type { ItemOutcome, WorkerInput } from './worker.ts';

const SEED = 'eight clusters';
const THREADS = 2;

/** Makes the eight clusters safe: hands items to threads as these get free. */
export async function runEightClusters(mutation: Mutation | null, tell: (line: string) => void) {
  const start = performance.now();
  const outcomes: ItemOutcome[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: THREADS }, () => {
      const workerData: WorkerInput = { seed: SEED, mutation };
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
      return new Promise<void>((resolve, reject) => {
        worker.on('message', (message: 'ready' | ItemOutcome) => {
          if (message !== 'ready') {
            outcomes.push(message);
            tell(`${outcomes.length} of ${ITEMS}: ${message.audit.item}`);
          }
          worker.postMessage(next < ITEMS ? next++ : null);
        });
        worker.once('error', reject);
        worker.once('exit', () => resolve());
      });
    }),
  );
  return {
    seconds: (performance.now() - start) / 1000,
    audits: outcomes.map(({ audit }) => audit),
    usefulness: outcomes.map(({ usefulness }) => usefulness),
    isMutated: outcomes.some(({ isMutated }) => isMutated),
  };
}
