import { AS_OPENED, type Counting } from '../core/disclosure/counting.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What a correction changes. */
export interface CorrectionDraft {
  /** The release that it corrects. */
  corrects: string;
  reason: string;
  /** How answers are counted from now on, in full and against the opening of the wave. */
  counting: Counting;
}

/** A release of a wave that was published, and how it counted. */
export interface PublishedCounting {
  releaseId: string;
  counting: Counting;
}

/**
 * Why a correction cannot begin: its release is no longer the newest published one, or another correction of it is
 * being made or waits for approval.
 */
export type CorrectionObstacle = 'superseded' | 'being-made' | 'waiting';

export interface ReleaseCorrections {
  /** Begins the job that makes a correction, with everything that it is made by. */
  begin(
    waveId: string,
    draft: CorrectionDraft,
    method: string,
    madeBy: string | null,
    at: string,
  ): Promise<{ id: string } | CorrectionObstacle>;
  /** What keeps a correction of a release from beginning now. */
  obstacle(releaseId: string): Promise<CorrectionObstacle | undefined>;
  /** The correction that a job makes or a release is; undefined where it corrects nothing. */
  find(releaseId: string): Promise<CorrectionDraft | undefined>;
  /** How a published release and all before it counted, the first one first. */
  chain(releaseId: string): Promise<PublishedCounting[]>;
  /** Turns down a correction that waits; 'done-already' unless one does. */
  refuse(releaseId: string, refusedBy: string | null, at: string): Promise<'refused' | 'done-already'>;
}

type Query = Database['query'];

export function createReleaseCorrections({ query }: Database): ReleaseCorrections {
  async function find(releaseId: string): Promise<CorrectionDraft | undefined> {
    const row = await query
      .selectFrom('release_corrections')
      .selectAll()
      .where('release_id', '=', releaseId)
      .executeTakeFirst();
    return row && { corrects: row.corrects_id, reason: row.reason, counting: JSON.parse(row.counting) as Counting };
  }

  async function chain(releaseId: string): Promise<PublishedCounting[]> {
    const correction = await find(releaseId);
    const own = { releaseId, counting: correction?.counting ?? AS_OPENED };
    return correction ? [...(await chain(correction.corrects)), own] : [own];
  }

  return {
    find,
    obstacle: (releaseId) => obstacleIn(query, releaseId),
    async begin(waveId, { corrects, reason, counting }, method, madeBy, at) {
      const id = newId();
      try {
        return await query.transaction().execute(async (trx) => {
          const obstacle = await obstacleIn(trx, corrects);
          if (obstacle) return obstacle;
          const open = { finished_at: null, failed_at: null, why: null, pieces: null };
          await trx
            .insertInto('release_jobs')
            .values({ id, wave_id: waveId, made_by: madeBy, method, started_at: at, ...open })
            .execute();
          await trx
            .insertInto('release_corrections')
            .values({ release_id: id, corrects_id: corrects, reason, counting: JSON.stringify(counting) })
            .execute();
          return { id };
        });
      } catch (error) {
        // A wave has one job under way at a time.
        if (isDuplicate(error)) return 'being-made';
        throw error;
      }
    },
    chain,
    refuse: (releaseId, refusedBy, at) =>
      query.transaction().execute(async (trx) => {
        const waiting = await waitingCorrections(trx).where('releases.id', '=', releaseId).executeTakeFirst();
        if (!waiting) return 'done-already';
        await trx
          .insertInto('release_refusals')
          .values({ release_id: releaseId, refused_at: at, refused_by: refusedBy })
          .execute();
        return 'refused';
      }),
  };
}

/** Corrections that are made and neither approved nor turned down. */
function waitingCorrections(query: Query) {
  return query
    .selectFrom('releases')
    .innerJoin('release_corrections', 'release_corrections.release_id', 'releases.id')
    .leftJoin('release_approvals', 'release_approvals.release_id', 'releases.id')
    .leftJoin('release_refusals', 'release_refusals.release_id', 'releases.id')
    .select('releases.id')
    .where('approved_at', 'is', null)
    .where('refused_at', 'is', null);
}

async function obstacleIn(query: Query, releaseId: string): Promise<CorrectionObstacle | undefined> {
  const release = await query
    .selectFrom('releases')
    .innerJoin('release_approvals', 'release_approvals.release_id', 'releases.id')
    .leftJoin('release_successions', 'superseded_id', 'releases.id')
    .select(['wave_id', 'successor_id'])
    .where('releases.id', '=', releaseId)
    .executeTakeFirst();
  if (!release || release.successor_id !== null) return 'superseded';
  const job = await query
    .selectFrom('release_jobs')
    .select('id')
    .where('wave_id', '=', release.wave_id)
    .where('finished_at', 'is', null)
    .where('failed_at', 'is', null)
    .executeTakeFirst();
  if (job) return 'being-made';
  const waiting = await waitingCorrections(query).where('corrects_id', '=', releaseId).executeTakeFirst();
  return waiting && 'waiting';
}
