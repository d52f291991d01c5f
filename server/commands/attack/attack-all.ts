import { Worker } from 'node:worker_threads';
import type { Outcome } from './attack-one.ts';
import type { OutsideProblem } from './knowledge.ts';

const THREADS = 2;

/** Hands problems to threads as these get free. @throws if a thread ends before it is done */
export async function attackAll(
  problems: Iterator<OutsideProblem, undefined>,
  tell: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await Promise.all(
    Array.from({ length: THREADS }, () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      return new Promise<void>((resolve, reject) => {
        let isDone = false;
        worker.on('message', (message: 'ready' | Outcome) => {
          if (message !== 'ready') {
            outcomes.push(message);
            tell(message);
          }
          const next = problems.next();
          isDone = next.done ?? false;
          worker.postMessage(next.done ? null : next.value);
        });
        worker.once('error', reject);
        worker.once('exit', (status) => {
          if (isDone) resolve();
          else reject(new Error(`A thread of the attack ended with ${status} before it was done.`));
        });
      });
    }),
  );
  return outcomes;
}
