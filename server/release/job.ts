import { Worker } from 'node:worker_threads';
import type { ReleaseWork } from '../core/disclosure/make-release.ts';
import type { PieceId, PieceOutcome } from '../core/disclosure/pieces.ts';
import type { ReleaseInput } from '../core/disclosure/release-input.ts';
import { Release } from '../core/disclosure/release.ts';
import type { Database } from '../storage/database.ts';
import { sha256 } from '../storage/releases.ts';
import type { Wave } from '../storage/waves.ts';
import { gatherInput } from './gather.ts';

/** Where a job keeps what is done, so that it goes on after an end that nobody planned. */
export interface JobMemory {
  done: ReadonlyMap<PieceId, PieceOutcome>;
  /** Called for every piece, once. */
  keep(piece: PieceId, outcome: PieceOutcome, of: { done: number; all: number }): Promise<void> | void;
}

export interface JobOptions {
  /** Worker threads; two unless told. */
  threads?: number;
  memory?: JobMemory;
}

/**
 * Makes the release of a closed wave: reads its answers in parts, hands them to worker threads that count, protect and
 * attack piece by piece, and gives back the sealed cube. Pupils of other waves are served meanwhile.
 * @throws if something stays open to attack whatever is withheld, or a worker ends
 */
export async function runReleaseJob(database: Database, wave: Wave, options: JobOptions = {}): Promise<Release> {
  return makeOfInput(await gatherInput(database, wave), options);
}

/** The same of answers that are gathered already. */
export async function makeOfInput(input: ReleaseInput, { threads = 2, memory }: JobOptions = {}): Promise<Release> {
  const workers = Array.from({ length: threads }, () => openWorker(input));
  const [first] = workers;
  try {
    const { rows, variables } = await ask<PlannedPieces>(first!, { kind: 'plan' });
    const done = new Map(memory?.done);
    const finish = async (piece: PieceId, outcome: PieceOutcome) => {
      done.set(piece, outcome);
      await memory?.keep(piece, outcome, { done: done.size, all: rows.length + variables.length });
    };
    const missing = (pieces: readonly PieceId[]) => pieces.filter((piece) => !done.has(piece)).toReversed();
    const waitingRows = missing(rows);
    await Promise.all(workers.map((worker) => workOff(worker, waitingRows, [], finish)));
    // Variables need the rows of all.
    const ofRows = rows.map((piece): [PieceId, PieceOutcome] => [piece, done.get(piece)!]);
    const waiting = missing(variables);
    await Promise.all(workers.map((worker) => workOff(worker, waiting, ofRows, finish)));
    const { text, hash } = await ask<SealedText>(first!, { kind: 'seal', done: [...done] });
    return Release.read(text, hash, sha256);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** What a worker is asked for. Only what a release shows comes back. */
export type WorkerRequest =
  | { kind: 'plan' }
  | {
      kind: 'piece';
      piece: PieceId;
      /** Outcomes of all rows; empty while these are made. */ rows: [PieceId, PieceOutcome][];
    }
  | { kind: 'seal'; done: [PieceId, PieceOutcome][] };

export type PlannedPieces = Pick<ReleaseWork, 'rows' | 'variables'>;

export interface SealedText {
  text: string;
  hash: string;
}

function openWorker(input: ReleaseInput): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
}

/** Takes waiting pieces one after the other until there are none. */
async function workOff(
  worker: Worker,
  waiting: PieceId[],
  rows: [PieceId, PieceOutcome][],
  finish: (piece: PieceId, outcome: PieceOutcome) => Promise<void>,
): Promise<void> {
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    await finish(piece, await ask<PieceOutcome>(worker, { kind: 'piece', piece, rows }));
  }
}

function ask<Answer>(worker: Worker, wanted: WorkerRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
      act();
    };
    const onAnswer = (answer: Answer) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (status: number) =>
      settle(() => reject(new Error(`The release worker ended with ${status} before it was done.`)));
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
    worker.postMessage(wanted);
  });
}
