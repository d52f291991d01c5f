import { parentPort, workerData } from 'node:worker_threads';
import { answerAll, type Fieldwork } from './pupils.ts';

/* The pupils' devices, in a thread of their own beside the server: slips in, what their browsers saw out. */
try {
  parentPort?.postMessage({ tally: await answerAll(workerData as Fieldwork) });
} catch (error) {
  parentPort?.postMessage({ trouble: error instanceof Error ? error.message : String(error) });
}
