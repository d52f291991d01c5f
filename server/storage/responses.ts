import type { Database } from './database.ts';

/** A response as the release job reads it. */
export interface StoredResponse {
  versionId: string;
  schoolId: string;
  bandId: string;
  answers: Uint8Array;
}

/** Reading responses belongs to release/ alone. */
export interface Responses {
  /**
   * All responses of a wave, in no meaningful order, a part at a time, so that a pupil's answer never
   * waits for a whole wave to be read.
   */
  ofWave(waveId: string): AsyncIterable<StoredResponse[]>;
}

/** Responses read at once: a few milliseconds. */
const PART = 2000;

export function createResponses({ query }: Database): Responses {
  return {
    async *ofWave(waveId) {
      let last = '';
      for (;;) {
        const rows = await query
          .selectFrom('responses')
          .select(['id', 'version_id as versionId', 'school_id as schoolId', 'band_id as bandId', 'answers'])
          .where('wave_id', '=', waveId)
          .where('id', '>', last)
          .orderBy('id')
          .limit(PART)
          .execute();
        if (rows.length > 0) yield rows;
        const end = rows.at(-1);
        if (!end || rows.length < PART) return;
        last = end.id;
      }
    },
  };
}
