import { Worker } from 'node:worker_threads';
import type { AuditReport } from '../core/disclosure/audit-report.ts';
import type { EarlierRelease } from '../core/disclosure/earlier-releases.ts';
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
  /** Called once, with the number of pieces, before any is done. */
  planned?(all: number): Promise<void> | void;
  /** Called for every piece, once. */
  keep(piece: PieceId, outcome: PieceOutcome, of: { done: number; all: number }): Promise<void> | void;
}

export interface JobOptions {
  /** Worker threads; two unless told. */
  threads?: number;
  memory?: JobMemory;
  /** Ends the job early: what is being kept is kept, and workers are gone when it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Published releases of the same wave that this one corrects, the first one first. */
  earlier?: readonly EarlierRelease[];
}

/** A release, and how it was made safe. */
export interface MadeRelease {
  release: Release;
  audit: AuditReport;
}

/**
 * Makes the release of a closed wave: reads its answers in parts, hands them to worker threads that count, protect and
 * attack piece by piece, and gives back the sealed cube. Pupils of other waves are served meanwhile.
 * @throws if something stays open to attack whatever is withheld, a worker ends, or the signal says so
 */
export async function runReleaseJob(database: Database, wave: Wave, options: JobOptions = {}): Promise<MadeRelease> {
  return makeOfInput(await gatherInput(database, wave), options);
}

/** The same of answers that are gathered already. */
export async function makeOfInput(input: ReleaseInput, options: JobOptions = {}): Promise<MadeRelease> {
  return withCrew(input, options, async (crew, first) => {
    const done = await workOff(crew, first, options.memory);
    const { text, hash, audit } = await crew.ask<SealedText>(first, { kind: 'seal', done: [...done] });
    return { release: Release.read(text, hash, sha256), audit };
  });
}

/** Some of a release's pieces, with those that they need, and no release of them. */
export async function makePieces(
  input: ReleaseInput,
  options: JobOptions,
  wanted: (piece: PieceId) => boolean,
): Promise<Map<PieceId, PieceOutcome>> {
  return withCrew(input, options, (crew, first) => workOff(crew, first, options.memory, wanted));
}

type Crew = ReturnType<typeof openCrew>;

async function withCrew<Made>(
  input: ReleaseInput,
  { threads = 2, signal, earlier = [] }: JobOptions,
  use: (crew: Crew, first: Worker) => Promise<Made>,
): Promise<Made> {
  const workers = Array.from({ length: threads }, () => openWorker({ input, earlier }));
  try {
    return await use(openCrew(workers, signal), workers[0]!);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Does every piece that is not done yet, and gives back all of them. */
async function workOff(
  crew: Crew,
  first: Worker,
  memory: JobMemory | undefined,
  wanted: (piece: PieceId) => boolean = () => true,
): Promise<Map<PieceId, PieceOutcome>> {
  const plan = await crew.ask<PlannedPieces>(first, { kind: 'plan' });
  const rows = plan.rows.filter(wanted);
  const named = plan.variables.filter(wanted);
  const withNeeds = (piece: PieceId): PieceId[] => [piece, ...plan.needs[piece]!.flatMap(withNeeds)];
  const needed = new Set(named.flatMap(withNeeds));
  const variables = plan.variables.filter((piece) => needed.has(piece));
  const pieces = [...rows, ...variables];
  await memory?.planned?.(pieces.length);
  const done = new Map<PieceId, PieceOutcome>();
  for (const piece of pieces) {
    const outcome = memory?.done.get(piece);
    if (outcome) done.set(piece, outcome);
  }
  const finish = async (piece: PieceId, outcome: PieceOutcome) => {
    done.set(piece, outcome);
    await memory?.keep(piece, outcome, { done: done.size, all: pieces.length });
  };
  const missing = (of: readonly PieceId[]) => of.filter((piece) => !done.has(piece)).toReversed();
  const outcomes = (of: readonly PieceId[]) => of.map((piece): [PieceId, PieceOutcome] => [piece, done.get(piece)!]);
  await crew.workOff(missing(rows), () => [], finish);
  // Variables need the rows of all, and one that a route leads to needs the one where it begins.
  const ofRows = outcomes(rows);
  for (let waiting = missing(variables); waiting.length > 0; waiting = missing(variables)) {
    const ready = waiting.filter((piece) => plan.needs[piece]!.every((other) => done.has(other)));
    await crew.workOff(ready, (piece) => [...ofRows, ...outcomes(plan.needs[piece]!)], finish);
  }
  return done;
}

/** What a worker is asked for. Only what a release shows comes back. */
export type WorkerRequest =
  | { kind: 'plan' }
  | {
      kind: 'piece';
      piece: PieceId;
      /** Outcomes of all rows, and of the variables that it needs; empty while rows are made. */
      known: [PieceId, PieceOutcome][];
    }
  | { kind: 'seal'; done: [PieceId, PieceOutcome][] };

export interface PlannedPieces extends Pick<ReleaseWork, 'rows' | 'variables'> {
  /** By variable. */
  needs: Record<PieceId, readonly PieceId[]>;
}

export interface SealedText {
  text: string;
  hash: string;
  audit: AuditReport;
}

/** What a worker starts with. */
export interface WorkerInput {
  input: ReleaseInput;
  earlier: readonly EarlierRelease[];
}

function openWorker(workerData: WorkerInput): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData });
}

/** Workers that all stop when one of them fails or the signal says so. */
function openCrew(workers: readonly Worker[], signal: AbortSignal | undefined) {
  const failure = new AbortController();
  const end = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;

  /** Takes waiting pieces one after the other until there are none. */
  async function workAlone(
    worker: Worker,
    waiting: PieceId[],
    knownFor: (piece: PieceId) => [PieceId, PieceOutcome][],
    finish: (piece: PieceId, outcome: PieceOutcome) => Promise<void>,
  ): Promise<void> {
    try {
      for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
        await finish(piece, await ask<PieceOutcome>(worker, { kind: 'piece', piece, known: knownFor(piece) }, end));
      }
    } catch (error) {
      failure.abort(error);
    }
  }

  return {
    ask: <Answer>(worker: Worker, wanted: WorkerRequest) => ask<Answer>(worker, wanted, end),
    /** Shares pieces out, and comes back when nobody works any more. */
    async workOff(
      waiting: PieceId[],
      knownFor: (piece: PieceId) => [PieceId, PieceOutcome][],
      finish: (piece: PieceId, outcome: PieceOutcome) => Promise<void>,
    ): Promise<void> {
      await Promise.all(workers.map((worker) => workAlone(worker, waiting, knownFor, finish)));
      end.throwIfAborted();
    },
  };
}

function ask<Answer>(worker: Worker, wanted: WorkerRequest, end: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    end.throwIfAborted();
    const settle = (act: () => void) => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
      end.removeEventListener('abort', onEnd);
      act();
    };
    const onAnswer = (answer: Answer) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (status: number) =>
      settle(() => reject(new Error(`The release worker ended with ${status} before it was done.`)));
    const onEnd = () => settle(() => reject(end.reason as Error));
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
    end.addEventListener('abort', onEnd);
    worker.postMessage(wanted);
  });
}
