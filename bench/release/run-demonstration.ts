import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { demonstrationInput } from '../../server/commands/seed/demonstration-input.ts';
import { LATEST } from '../../server/commands/seed/past-waves.ts';
import type { PieceId, PieceOutcome } from '../../server/core/disclosure/pieces.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { PlannedPieces, WorkerRequest } from '../../server/release/job.ts';
import { demonstrationUsefulness } from './demonstration-usefulness.ts';

const THREADS = 2;
const BAND = 'p5-p7';

/**
 * Makes the P5–P7 part of the demonstration's newest wave safe, by the release job's own workers and with none of the
 * pieces that are kept.
 * @param only which variables to make, by piece; all of them but in trials
 */
export async function runDemonstration(tell: (line: string) => void, only: (piece: PieceId) => boolean = () => true) {
  const folder = mkdtempSync(join(tmpdir(), 'heard-bench-'));
  const before = performance.now();
  const input = await demonstrationInput(folder, LATEST).finally(() => rmSync(folder, { recursive: true }));
  const start = performance.now();
  tell(`Gathered in ${((start - before) / 1000).toFixed(1)} s.`);
  const outcomes = await makePieces(input, tell, only);
  const seconds = (performance.now() - start) / 1000;
  const made = [...outcomes.values()].filter((outcome) => outcome.kind === 'variable');
  return {
    gatherSeconds: (start - before) / 1000,
    seconds,
    audits: made.flatMap(({ audits }) => audits),
    usefulness: [
      demonstrationUsefulness(
        input,
        BAND,
        made.flatMap(({ figures }) => figures),
      ),
    ],
  };
}

async function makePieces(
  input: ReleaseInput,
  tell: (line: string) => void,
  only: (piece: PieceId) => boolean,
): Promise<Map<PieceId, PieceOutcome>> {
  const workers = Array.from({ length: THREADS }, openWorker(input));
  const done = new Map<PieceId, PieceOutcome>();
  const workOff = async (pieces: readonly PieceId[], rows: [PieceId, PieceOutcome][]) => {
    const waiting = pieces.toReversed();
    await Promise.all(
      workers.map(async (worker) => {
        for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
          const start = performance.now();
          done.set(piece, await ask<PieceOutcome>(worker, { kind: 'piece', piece, rows }));
          tell(`${waiting.length} wait: ${piece} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
        }
      }),
    );
  };
  try {
    const { rows, variables } = await ask<PlannedPieces>(workers[0]!, { kind: 'plan' });
    const ofBand = (piece: PieceId) => piece.split('/')[1] === BAND;
    await workOff(rows.filter(ofBand), []);
    await workOff(variables.filter(ofBand).filter(only), [...done]);
    return done;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function openWorker(input: ReleaseInput): () => Worker {
  return () => new Worker(new URL('../../server/release/worker.ts', import.meta.url), { workerData: input });
}

/** @throws what the worker throws */
async function ask<Answer>(worker: Worker, wanted: WorkerRequest): Promise<Answer> {
  worker.postMessage(wanted);
  const [answer] = (await once(worker, 'message')) as [Answer];
  return answer;
}
