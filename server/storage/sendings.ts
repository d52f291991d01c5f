import { inChunks, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { hashToken } from './secrets.ts';
import { settleDraft, type Settlement } from './settlement.ts';

/** A response written straight into the tables: the demonstration's earlier waves. */
export interface SeededResponse {
  waveId: string;
  versionId: string;
  schoolId: string;
  bandId: string;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  language: string;
  answers: Uint8Array;
}

/** Writes responses; it cannot read any. */
export interface Sendings {
  /** Ends a draft as its author wishes. */
  finish(settlement: Settlement): Promise<'done' | 'done-already'>;
  /** The wave of an attempt that came to its end before: a replayed form gets the same thank-you. */
  waveFinishedBy(attempt: string): Promise<string | undefined>;
  writeMany(responses: readonly SeededResponse[]): Promise<void>;
}

export function createSendings({ query }: Database): Sendings {
  return {
    finish: (settlement) => query.transaction().execute((trx) => settleDraft(trx, settlement)),
    async waveFinishedBy(attempt) {
      const row = await query
        .selectFrom('attempts')
        .select('wave_id')
        .where('token_hash', '=', hashToken(attempt))
        .executeTakeFirst();
      return row?.wave_id;
    },
    async writeMany(responses) {
      for (const chunk of inChunks(responses, 2000)) {
        await query
          .insertInto('responses')
          .values(
            chunk.map((response) => ({
              id: newId(),
              wave_id: response.waveId,
              version_id: response.versionId,
              school_id: response.schoolId,
              band_id: response.bandId,
              sex: response.sex,
              quintile: response.quintile,
              asn: response.asn,
              language: response.language,
              answers: response.answers,
            })),
          )
          .execute();
      }
    },
  };
}
