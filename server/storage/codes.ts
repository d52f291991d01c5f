import { sql, type Transaction } from 'kysely';
import { inChunks, type Database } from './database.ts';
import { KNOWS_NOTHING } from './settlement.ts';
import type { Tables } from './tables.ts';

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

/** Where a code of a class belongs. */
export interface ClassPlace {
  waveId: string;
  schoolId: string;
  stage: string;
  /** Null where the roll names no class. */
  class: string | null;
}

/** A code of somebody who followed a link to an open survey: it carries a locality or nothing. */
export interface NewLinkCode {
  hmac: string;
  localityId: string | null;
}

export interface Codes {
  /** Puts new codes in place of a school's unspent ones, which from then on only say that they were replaced. */
  replaceUnspent(waveId: string, schoolId: string, codes: readonly NewCode[]): Promise<void>;
  /** The same for some stages and classes of a school; the codes of its other classes are left alone. */
  replaceUnspentOf(
    waveId: string,
    schoolId: string,
    parts: readonly Pick<ClassPlace, 'stage' | 'class'>[],
    codes: readonly NewCode[],
  ): Promise<void>;
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
          .set(REPLACED)
          .where('wave_id', '=', waveId)
          .where('school_id', '=', schoolId)
          .where('state', '=', UNSPENT)
          .execute();
        await add(trx, waveId, schoolId, codes);
      });
    },
    async replaceUnspentOf(waveId, schoolId, parts, codes) {
      await query.transaction().execute(async (trx) => {
        for (const part of parts) {
          await trx
            .updateTable('codes')
            .set(REPLACED)
            .where('hmac', 'in', unspentOf(trx, { waveId, schoolId, ...part }).select('hmac'))
            .execute();
        }
        await add(trx, waveId, schoolId, codes);
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

/** As it stands in the index: a value that is bound would not be looked up there. */
const UNSPENT = sql.lit<'unspent'>('unspent');

/** What becomes of a code that another one stands for. */
export const REPLACED = { state: 'replaced', ...KNOWS_NOTHING } as const;

async function add(
  trx: Transaction<Tables>,
  waveId: string,
  schoolId: string,
  codes: readonly NewCode[],
): Promise<void> {
  for (const chunk of inChunks(codes)) {
    await trx
      .insertInto('codes')
      .values(chunk.map((code) => ({ ...code, wave_id: waveId, school_id: schoolId, state: 'unspent' as const })))
      .execute();
  }
}

/** The unspent codes of a stage and class. */
export function unspentOf(
  trx: Pick<Transaction<Tables>, 'selectFrom'>,
  { waveId, schoolId, stage, class: className }: ClassPlace,
) {
  return trx
    .selectFrom('codes')
    .where('wave_id', '=', waveId)
    .where('school_id', '=', schoolId)
    .where('stage', '=', stage)
    .where('class', className === null ? 'is' : '=', className)
    .where('state', '=', UNSPENT);
}

/** The row of a code that knows its class and nothing else. */
export function rowOfClass({ waveId, schoolId, stage, class: className }: ClassPlace, hmac: string) {
  const place = { wave_id: waveId, school_id: schoolId, stage, class: className };
  return { ...KNOWS_NOTHING, ...place, hmac, state: 'unspent' as const };
}
