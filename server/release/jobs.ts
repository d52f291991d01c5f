import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import { LATTICE } from '../core/disclosure/lattice.ts';
import type { PieceOutcome } from '../core/disclosure/pieces.ts';
import { PROTECTION } from '../core/disclosure/protection.ts';
import { ATTACK } from '../core/disclosure/safe-tables.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createReleaseCorrections, type CorrectionDraft } from '../storage/release-corrections.ts';
import { createStoredJobs, type StoredJob } from '../storage/release-jobs.ts';
import { createReleases } from '../storage/releases.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import type { Log } from '../web/log.ts';
import type { Services } from '../web/services.ts';
import { gatherCorrection } from './gather-correction.ts';
import { makeOfInput, runReleaseJob, type JobOptions, type MadeRelease } from './job.ts';

/*
 * Releases made in the background, one after the other. What is done is kept piece by piece: a job that a stop or a
 * kill cut off goes on where it was.
 */

/** What whoever watches a job is told: pieces done of all, and that there is no more to wait for. */
export type JobNews = { kind: 'progress'; done: number; all: number } | { kind: 'done' };

export interface ReleaseJobs {
  /**
   * Begins the release of a closed wave.
   * @returns the id that the release will have
   * @throws Fault 'already-done' if the wave has a release, or one is being made
   */
  start(wave: Wave, madeBy: string): Promise<string>;
  /**
   * Begins a correction of the newest published release of a wave.
   * @returns the id that the correction will have
   * @throws Fault 'correction-begun' if another one is being made or waits, 'superseded' if there is a newer release
   */
  correct(wave: Wave, draft: CorrectionDraft, madeBy: string): Promise<string>;
  /** Goes on with the jobs that a stopped server left unfinished. */
  resume(): Promise<void>;
  /** Where a job stands; undefined if there is none. */
  progress(id: string): Promise<StoredJob | undefined>;
  /** Jobs of an authority that are under way or failed, newest first. */
  list(authorityId: string): Promise<StoredJob[]>;
  /** @returns what ends the subscription */
  subscribe(id: string, listener: (news: JobNews) => void): () => void;
  /** Ends all work without losing what is done; what was under way can be resumed. */
  stop(): Promise<void>;
}

/** Why a job failed, as its page can say it. */
export const FAILURES = ['stays-open', 'not-comparable', 'no-memory', 'unexpected'] as const;
export type Failure = (typeof FAILURES)[number];

/** Pieces made by something else do not fit together with those of this server. */
const METHOD = `${LATTICE} ${PROTECTION} ${ATTACK}`;

/** Pupils of other waves keep a core. */
const threads = () => Math.max(1, availableParallelism() - 1);

export function createReleaseJobs({ database, clock }: Services, { logger }: Pick<Log, 'logger'>): ReleaseJobs {
  const stored = createStoredJobs(database);
  const corrections = createReleaseCorrections(database);
  const releases = createReleases(database);
  const waves = createWaves(database);
  const audit = createAudit(database);
  const news = new EventEmitter().setMaxListeners(0);
  const stopping = new AbortController();
  const taken = new Set<string>();
  let queue = Promise.resolve();

  function tell(id: string, told: JobNews): void {
    news.emit(id, told);
  }

  function enqueue(id: string): void {
    if (taken.has(id)) return;
    taken.add(id);
    queue = queue.then(() => run(id));
  }

  async function run(id: string): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      await make(id);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const why = failureOf(error);
      logger.error({ job: id, why, at: framesOf(error) }, 'a release could not be made');
      // Where even that cannot be written, the job goes on at the next start.
      await stored.fail(id, why, clock()).catch(() => undefined);
    }
    taken.delete(id);
    tell(id, { kind: 'done' });
  }

  async function make(id: string): Promise<void> {
    const job = await stored.find(id);
    const wave = job && (await waves.find(job.waveId));
    if (!job || !wave) throw new Error(`The job ${id} has no wave: expected one.`);
    // Cut off right after its release was stored, it only has to end.
    if (!(await releases.entry(id))) await makeRelease(job, wave);
    await audit.write({ at: clock(), accountId: job.madeBy, action: 'release-made', subject: id });
    await stored.finish(id, clock());
  }

  async function makeRelease({ id, method, madeBy }: StoredJob, wave: Wave): Promise<void> {
    if (method !== METHOD) await stored.beginAnew(id, METHOD);
    const done = (await stored.outcomes(id)) as Map<string, PieceOutcome>;
    const options: JobOptions = {
      threads: threads(),
      signal: stopping.signal,
      memory: {
        done,
        planned: (all) => stored.plan(id, all),
        async keep(piece, outcome, of) {
          await stored.keep(id, piece, outcome);
          tell(id, { kind: 'progress', ...of });
        },
      },
    };
    const made = await makeAny(id, wave, options);
    await releases.add(wave.id, made.release, madeBy, clock(), { id, audit: made.audit });
  }

  /** A release of a wave, or a correction of its newest one. */
  async function makeAny(id: string, wave: Wave, options: JobOptions): Promise<MadeRelease> {
    const correction = await corrections.find(id);
    if (!correction) return runReleaseJob(database, wave, options);
    const { input, earlier } = await gatherCorrection(database, wave, correction);
    return makeOfInput(input, { ...options, earlier });
  }

  return {
    async start(wave, madeBy) {
      const begun = await stored.begin(wave.id, METHOD, madeBy, clock());
      if (begun === 'done-already') throw new Fault('already-done');
      enqueue(begun.id);
      return begun.id;
    },
    async correct(wave, draft, madeBy) {
      const begun = await corrections.begin(wave.id, draft, METHOD, madeBy, clock());
      if (typeof begun === 'string') throw new Fault(begun === 'superseded' ? 'superseded' : 'correction-begun');
      enqueue(begun.id);
      return begun.id;
    },
    async resume() {
      for (const { id } of await stored.underWay()) enqueue(id);
    },
    progress: (id) => stored.find(id),
    list: (authorityId) => stored.list(authorityId),
    subscribe(id, listener) {
      news.on(id, listener);
      return () => void news.off(id, listener);
    },
    async stop() {
      stopping.abort(new Error('The server stops: a release that is being made goes on at its next start.'));
      await queue;
    },
  };
}

function failureOf(error: unknown): Failure {
  const { code } = error as { code?: string };
  if (code === 'stays-open' || code === 'not-comparable') return code;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'no-memory' : 'unexpected';
}

/** Where an error came from. What it says stays out of the log: it may name figures. */
function framesOf(error: unknown): string[] {
  const { stack = '' } = error as Error;
  return stack.split('\n').flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
}
