import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { loadSolver } from '../core/disclosure/attack/programme.ts';
import { planRelease } from '../core/disclosure/make-release.ts';
import type { PieceOutcome } from '../core/disclosure/pieces.ts';
import { sha256 } from '../storage/releases.ts';
import { namedFacts } from './named-facts.ts';
import type { PlannedPieces, SealedText, WorkerInput, WorkerRequest } from './job.ts';

/* Runs in a thread of its own: exact answers in, pieces of the protected cube and the sealed cube out, nothing else. */
// Pupils come first: under Linux a thread has a priority of its own, and takes what the others leave.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const { input, earlier } = workerData as WorkerInput;
const work = planRelease(input, earlier);
const solver = await loadSolver();

function answer(request: WorkerRequest): PlannedPieces | PieceOutcome | SealedText {
  if (request.kind === 'plan') {
    const { rows, variables } = work;
    return { rows, variables, needs: Object.fromEntries(variables.map((piece) => [piece, work.needs(piece)])) };
  }
  if (request.kind === 'piece') return work.run(solver, request.piece, new Map(request.known));
  const done = new Map(request.done);
  const release = work.seal(done, sha256, (shown) => namedFacts(input, shown));
  return { text: release.text, hash: release.sha256, audit: work.audit(done, release) };
}

parentPort!.on('message', (request: WorkerRequest) => parentPort!.postMessage(answer(request)));
