import { parentPort } from 'node:worker_threads';
import { loadSolver } from '../../core/disclosure/attack/programme.ts';
import { attackOne } from './attack-one.ts';
import type { OutsideProblem } from './knowledge.ts';

/* A thread that attacks one problem after the other, as it is handed them. */
const solver = await loadSolver();
parentPort!.on('message', (problem: OutsideProblem | null) => {
  if (problem === null) return parentPort!.close();
  parentPort!.postMessage(attackOne(solver, problem));
});
parentPort!.postMessage('ready');
