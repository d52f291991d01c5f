import type { Database } from './database.ts';

/** A response as the release job reads it. */
export interface StoredResponse {
  versionId: string;
  schoolId: string;
  bandId: string;
  /** What the code carried of the roll; null where it is not held or was coarsened. */
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  /** The language that the answers were sent in. */
  language: string;
  answers: Uint8Array;
}

/** The record of an unlinked section as the release job reads it: a band, and no school. */
export interface StoredUnlinkedRecord {
  versionId: string;
  section: string;
  bandId: string;
  answers: Uint8Array;
}

/** An answer to an open survey as the release job reads it: a locality or none, and no school. */
export interface StoredOpenResponse {
  versionId: string;
  localityId: string | null;
  bandId: string;
  /** The language that the answers were sent in. */
  language: string;
  answers: Uint8Array;
}

/** Reading responses belongs to release/ alone. */
export interface Responses {
  /**
   * All responses of a wave, in no meaningful order, a part at a time, so that a pupil's answer never
   * waits for a whole wave to be read.
   */
  ofWave(waveId: string): AsyncIterable<StoredResponse[]>;
  /** Whether any response of a wave carries the sex that the school recorded. */
  carrySex(waveId: string): Promise<boolean>;
  /** All records of unlinked sections of a wave, in no meaningful order. */
  unlinkedOfWave(waveId: string): AsyncIterable<StoredUnlinkedRecord[]>;
  /** All answers to the open surveys of a wave, in no meaningful order. */
  openOfWave(waveId: string): AsyncIterable<StoredOpenResponse[]>;
}

/** Responses read at once: a few milliseconds. */
const PART = 2000;

export function createResponses({ query }: Database): Responses {
  return {
    ofWave: (waveId) =>
      inParts((last) =>
        query
          .selectFrom('responses')
          .select(['id', 'version_id as versionId', 'school_id as schoolId', 'band_id as bandId', 'answers'])
          .select(['sex', 'quintile', 'asn', 'language'])
          .where('wave_id', '=', waveId)
          .where('id', '>', last)
          .orderBy('id')
          .limit(PART)
          .execute(),
      ),
    async carrySex(waveId) {
      const found = await query
        .selectFrom('responses')
        .select('id')
        .where('wave_id', '=', waveId)
        .where('sex', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    unlinkedOfWave: (waveId) =>
      inParts((last) =>
        query
          .selectFrom('unlinked_records')
          .select(['id', 'version_id as versionId', 'section', 'band_id as bandId', 'answers'])
          .where('wave_id', '=', waveId)
          .where('id', '>', last)
          .orderBy('id')
          .limit(PART)
          .execute(),
      ),
    openOfWave: (waveId) =>
      inParts((last) =>
        query
          .selectFrom('open_responses')
          .select(['id', 'version_id as versionId', 'locality_id as localityId', 'band_id as bandId'])
          .select(['language', 'answers'])
          .where('wave_id', '=', waveId)
          .where('id', '>', last)
          .orderBy('id')
          .limit(PART)
          .execute(),
      ),
  };
}

/** Rows in the order of their ids, as many at once as a part holds. */
async function* inParts<Row extends { id: string }>(read: (last: string) => Promise<Row[]>): AsyncGenerator<Row[]> {
  let last = '';
  for (;;) {
    const rows = await read(last);
    if (rows.length > 0) yield rows;
    const end = rows.at(-1);
    if (!end || rows.length < PART) return;
    last = end.id;
  }
}
