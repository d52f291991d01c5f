import { randomBytes } from 'node:crypto';
import { makeLinkToken } from '../core/fieldwork/code.ts';
import type { Database } from './database.ts';

/** A link to an open survey: whoever has it may answer, and it says at most which locality it was handed out in. */
export interface WaveLink {
  /** What stands at the end of its address. */
  token: string;
  waveId: string;
  localityId: string | null;
  localityName: string | null;
}

export interface WaveLinks {
  /** Makes the link of a locality, or the one that carries none; 'done-already' if the wave has it. */
  make(
    waveId: string,
    localityId: string | null,
    madeBy: string | null,
    at: string,
  ): Promise<{ token: string } | 'done-already'>;
  /** The links of a wave: the one without a locality first, then by name. */
  ofWave(waveId: string): Promise<WaveLink[]>;
  /** The link that somebody followed or typed; case does not matter. */
  find(token: string): Promise<WaveLink | undefined>;
}

export function createWaveLinks({ query }: Database): WaveLinks {
  const links = query
    .selectFrom('wave_links')
    .leftJoin('localities', 'localities.id', 'locality_id')
    .select(['token', 'wave_id as waveId', 'locality_id as localityId', 'name as localityName']);

  return {
    make: (waveId, localityId, madeBy, at) =>
      query.transaction().execute(async (trx) => {
        const there = await trx
          .selectFrom('wave_links')
          .select('token')
          .where('wave_id', '=', waveId)
          .where('locality_id', localityId === null ? 'is' : '=', localityId)
          .executeTakeFirst();
        if (there) return 'done-already';
        const token = makeLinkToken(() => randomBytes(1)[0]!);
        await trx
          .insertInto('wave_links')
          .values({ token, wave_id: waveId, locality_id: localityId, made_at: at, made_by: madeBy })
          .execute();
        return { token };
      }),
    ofWave: (waveId) => links.where('wave_id', '=', waveId).orderBy('name').execute(),
    find: (token) => links.where('token', '=', token.toLowerCase()).executeTakeFirst(),
  };
}
