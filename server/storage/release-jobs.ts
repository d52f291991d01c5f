import { sql } from 'kysely';
import { inChunks, isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** A release that is being made, or could not be made. */
export interface StoredJob {
  /** The id that the release will have. */
  id: string;
  waveId: string;
  waveName: string;
  madeBy: string | null;
  /** The release that its own corrects; null where it corrects nothing. */
  corrects: string | null;
  /** What its pieces are made by. */
  method: string;
  startedAt: string;
  finishedAt: string | null;
  failedAt: string | null;
  /** Short code of what ended it; null unless it failed. */
  why: string | null;
  /** Pieces in all; null until that is known. */
  pieces: number | null;
  /** Pieces done. Those of a job that has ended are gone. */
  done: number;
}

/** Jobs that make releases, with what each has done so far. Nothing exact is kept in them. */
export interface StoredJobs {
  /** 'done-already' if the wave has a release, or a job that has not ended. */
  begin(waveId: string, method: string, madeBy: string | null, at: string): Promise<{ id: string } | 'done-already'>;
  find(id: string): Promise<StoredJob | undefined>;
  /** Jobs of an authority that have not finished, failed ones among them, newest first. */
  list(authorityId: string): Promise<StoredJob[]>;
  /** Jobs of everybody that have neither finished nor failed, oldest first. */
  underWay(): Promise<StoredJob[]>;
  /** Says how many pieces there are. */
  plan(id: string, pieces: number): Promise<void>;
  /** Keeps a piece as JSON. @throws if it was kept before */
  keep(id: string, piece: string, outcome: unknown): Promise<void>;
  /** What is done so far, by piece. */
  outcomes(id: string): Promise<Map<string, unknown>>;
  /** Forgets what is done, which another method has made. */
  beginAnew(id: string, method: string): Promise<void>;
  /** Ends a job whose release is stored, and forgets its pieces. */
  finish(id: string, at: string): Promise<void>;
  /** Ends a job without a release, and forgets its pieces. */
  fail(id: string, why: string, at: string): Promise<void>;
}

/** Pieces deleted at once: few enough that a pupil's answer waits for less than 20 ms. */
const CHUNK = 10;

export function createStoredJobs({ query }: Database): StoredJobs {
  const jobs = query
    .selectFrom('release_jobs')
    .innerJoin('waves', 'waves.id', 'release_jobs.wave_id')
    .leftJoin('release_corrections', 'release_corrections.release_id', 'release_jobs.id')
    .select(['release_jobs.id', 'wave_id as waveId', 'waves.name as waveName', 'made_by as madeBy', 'method'])
    .select('corrects_id as corrects')
    .select(['started_at as startedAt', 'finished_at as finishedAt', 'failed_at as failedAt', 'why', 'pieces'])
    .select(sql<number>`(select count(*) from release_pieces where job_id = release_jobs.id)`.as('done'));

  async function forgetPieces(id: string): Promise<void> {
    const rows = await query.selectFrom('release_pieces').select('piece').where('job_id', '=', id).execute();
    for (const chunk of inChunks(rows, CHUNK)) {
      const pieces = chunk.map(({ piece }) => piece);
      await query.deleteFrom('release_pieces').where('job_id', '=', id).where('piece', 'in', pieces).execute();
    }
  }

  return {
    async begin(waveId, method, madeBy, at) {
      const id = newId();
      try {
        return await query.transaction().execute(async (trx) => {
          const release = trx.selectFrom('releases').select('id').where('wave_id', '=', waveId);
          if (await release.executeTakeFirst()) return 'done-already';
          const open = { finished_at: null, failed_at: null, why: null, pieces: null };
          await trx
            .insertInto('release_jobs')
            .values({ id, wave_id: waveId, made_by: madeBy, method, started_at: at, ...open })
            .execute();
          return { id };
        });
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    find: (id) => jobs.where('release_jobs.id', '=', id).executeTakeFirst(),
    list: (authorityId) =>
      jobs
        .where('authority_id', '=', authorityId)
        .where('finished_at', 'is', null)
        .orderBy('started_at', 'desc')
        .execute(),
    underWay: () =>
      jobs.where('finished_at', 'is', null).where('failed_at', 'is', null).orderBy('started_at').execute(),
    async plan(id, pieces) {
      await query.updateTable('release_jobs').set({ pieces }).where('id', '=', id).execute();
    },
    async keep(id, piece, outcome) {
      const row = { job_id: id, piece, outcome: JSON.stringify(outcome) };
      await query.insertInto('release_pieces').values(row).execute();
    },
    async outcomes(id) {
      const rows = await query
        .selectFrom('release_pieces')
        .select(['piece', 'outcome'])
        .where('job_id', '=', id)
        .execute();
      return new Map(rows.map(({ piece, outcome }) => [piece, JSON.parse(outcome) as unknown]));
    },
    async beginAnew(id, method) {
      await forgetPieces(id);
      await query.updateTable('release_jobs').set({ method, pieces: null }).where('id', '=', id).execute();
    },
    async finish(id, at) {
      await forgetPieces(id);
      await query.updateTable('release_jobs').set({ finished_at: at }).where('id', '=', id).execute();
    },
    async fail(id, why, at) {
      await forgetPieces(id);
      await query.updateTable('release_jobs').set({ failed_at: at, why }).where('id', '=', id).execute();
    },
  };
}
