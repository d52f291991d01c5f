import type { Database } from '../storage/database.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import { createWaves } from '../storage/waves.ts';

/** Which waves ask the same thing over the years, so that one can be an earlier one of another. */
export interface WaveKin {
  /**
   * What the waves of an authority are about, by id: their family, and the reply where they ask about one, since what is
   * said of two replies is no change. Undefined for waves of other authorities.
   */
  of(authorityId: string): Promise<(waveId: string) => string | undefined>;
}

export function createWaveKin(database: Database): WaveKin {
  const waves = createWaves(database);
  const waveReplies = createWaveReplies(database);
  return {
    async of(authorityId) {
      const [all, replies] = await Promise.all([waves.list(authorityId), waveReplies.chosen(authorityId)]);
      const kin = new Map(all.map(({ id, family }) => [id, `${family} ${replies.get(id) ?? ''}`]));
      return (waveId) => kin.get(waveId);
    },
  };
}
