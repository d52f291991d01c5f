import { inChunks, type Database } from './database.ts';
import { KNOWS_NOTHING } from './settlement.ts';

/** A new code, as far as it is stored. */
export interface NewCode {
  hmac: string;
  stage: string;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
}

export interface CodeCount {
  schoolId: string;
  unspent: number;
}

/** A code of somebody who followed a link to an open survey: it carries a locality or nothing. */
export interface NewLinkCode {
  hmac: string;
  localityId: string | null;
}

export interface Codes {
  /** Puts new codes in place of a school's unspent ones, which from then on only say that they were replaced. */
  replaceUnspent(waveId: string, schoolId: string, codes: readonly NewCode[]): Promise<void>;
  /** Adds the code that somebody gets by following a link. */
  addOfLink(waveId: string, code: NewLinkCode): Promise<void>;
  /** Unspent codes by school. */
  countUnspent(waveId: string): Promise<CodeCount[]>;
}

export function createCodes({ query }: Database): Codes {
  return {
    async replaceUnspent(waveId, schoolId, codes) {
      await query.transaction().execute(async (trx) => {
        await trx
          .updateTable('codes')
          .set({ state: 'replaced', ...KNOWS_NOTHING })
          .where('wave_id', '=', waveId)
          .where('school_id', '=', schoolId)
          .where('state', '=', 'unspent')
          .execute();
        for (const chunk of inChunks(codes)) {
          await trx
            .insertInto('codes')
            .values(chunk.map((code) => ({ ...code, wave_id: waveId, school_id: schoolId, state: 'unspent' as const })))
            .execute();
        }
      });
    },
    async addOfLink(waveId, { hmac, localityId }) {
      await query
        .insertInto('codes')
        .values({
          ...KNOWS_NOTHING,
          hmac,
          wave_id: waveId,
          state: 'unspent',
          locality_id: localityId,
        })
        .execute();
    },
    async countUnspent(waveId) {
      const rows = await query
        .selectFrom('codes')
        .select(({ fn }) => ['school_id', fn.countAll().as('unspent')])
        .where('wave_id', '=', waveId)
        .where('state', '=', 'unspent')
        .where('school_id', 'is not', null)
        .groupBy('school_id')
        .execute();
      return rows.map((row) => ({ schoolId: row.school_id ?? '', unspent: Number(row.unspent) }));
    },
  };
}
