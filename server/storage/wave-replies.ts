import type { Database } from './database.ts';
import { isOpened } from './wave-openings.ts';
import { waveStateOf, type WaveState } from './waves.ts';

/** A wave that asks about a reply, and the release of what its pupils said. */
export interface AskingWave {
  waveId: string;
  waveName: string;
  /** Civil dates; empty until they are settled. */
  startsOn: string;
  endsOn: string;
  state: WaveState;
  /** The published release that stands; null until there is one. */
  releaseId: string | null;
}

/** The reply of a wave, and when the wave was opened: later news was not there to be asked about. */
export interface ReplyOfWave {
  replyId: string;
  /** Null until it is open. */
  openedAt: string | null;
}

/** Which replies the pupils of waves are asked about. None of it changes once a wave is open. */
export interface WaveReplies {
  /**
   * Chooses the reply of a wave, in the place of another one. That it is published, and of the wave's authority, must
   * have been looked at.
   */
  choose(waveId: string, replyId: string, by: string | null, at: string): Promise<'changed' | 'wave-open'>;
  /** Undefined where the wave asks about none, or nobody has chosen. */
  ofWave(waveId: string): Promise<ReplyOfWave | undefined>;
  /** The replies of the waves of an authority, by wave. */
  chosen(authorityId: string): Promise<ReadonlyMap<string, string>>;
  /** Waves that ask about a reply, the one that began last first. Rehearsals are not among them. */
  askedAbout(replyId: string): Promise<AskingWave[]>;
  /** Replies of an authority about which a published release says what children think. */
  answeredBack(authorityId: string): Promise<ReadonlySet<string>>;
}

export function createWaveReplies({ query }: Pick<Database, 'query'>): WaveReplies {
  const chosen = query
    .selectFrom('wave_replies')
    .innerJoin('waves', 'waves.id', 'wave_replies.wave_id')
    .leftJoin('wave_openings', 'wave_openings.wave_id', 'waves.id')
    .leftJoin('wave_closings', 'wave_closings.wave_id', 'waves.id')
    .leftJoin('rehearsals', 'rehearsal_id', 'waves.id')
    .where('rehearsal_id', 'is', null);

  /** The published releases of waves that no correction has replaced. */
  const standing = query
    .selectFrom('releases')
    .innerJoin('release_approvals', 'release_approvals.release_id', 'releases.id')
    .leftJoin('release_successions', 'superseded_id', 'releases.id')
    .select(['releases.id', 'wave_id'])
    .where('approved_at', 'is not', null)
    .where('successor_id', 'is', null);

  return {
    choose: (waveId, replyId, by, at) =>
      query.transaction().execute(async (trx) => {
        if (await isOpened(trx, waveId)) return 'wave-open';
        const row = { reply_id: replyId, chosen_at: at, chosen_by: by };
        await trx
          .insertInto('wave_replies')
          .values({ wave_id: waveId, ...row })
          .onConflict((conflict) => conflict.column('wave_id').doUpdateSet(row))
          .execute();
        return 'changed';
      }),
    ofWave: (waveId) =>
      query
        .selectFrom('wave_replies')
        .leftJoin('wave_openings', 'wave_openings.wave_id', 'wave_replies.wave_id')
        .select(['reply_id as replyId', 'opened_at as openedAt'])
        .where('wave_replies.wave_id', '=', waveId)
        .executeTakeFirst(),
    async chosen(authorityId) {
      const rows = await chosen
        .select(['wave_replies.wave_id as waveId', 'reply_id as replyId'])
        .where('authority_id', '=', authorityId)
        .execute();
      return new Map(rows.map(({ waveId, replyId }) => [waveId, replyId]));
    },
    async askedAbout(replyId) {
      const rows = await chosen
        .leftJoin(standing.as('standing'), 'standing.wave_id', 'waves.id')
        .select(['waves.id as waveId', 'name as waveName', 'starts_on as startsOn', 'ends_on as endsOn'])
        .select(['opened_at', 'started_at', 'finished_at', 'standing.id as releaseId'])
        .where('reply_id', '=', replyId)
        .orderBy('starts_on', 'desc')
        .orderBy('opened_at', 'desc')
        .orderBy('waves.id')
        .execute();
      return rows.map(({ opened_at, started_at, finished_at, ...wave }) => ({
        ...wave,
        state: waveStateOf({ opened_at, started_at, finished_at }),
      }));
    },
    async answeredBack(authorityId) {
      const rows = await chosen
        .innerJoin(standing.as('standing'), 'standing.wave_id', 'waves.id')
        .select('reply_id')
        .distinct()
        .where('authority_id', '=', authorityId)
        .execute();
      return new Set(rows.map(({ reply_id }) => reply_id));
    },
  };
}
