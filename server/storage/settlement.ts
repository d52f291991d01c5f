import { sql, type Transaction } from 'kysely';
import { newId } from './identifiers.ts';
import { hashToken } from './secrets.ts';
import type { Tables } from './tables.ts';

/*
 * How a draft comes to its end, whoever ends it: its author by sending, declining or stopping, or the
 * close of the wave. In one transaction the attempt is noted, the draft deleted, the code spent and
 * stripped of what it knew, the counter raised, and, where answers are kept, a response written that
 * carries nothing leading back.
 */
export type Ending = 'sent' | 'declined' | 'broken-off' | 'broken-off-kept';

/** Answers to be kept, with the little that a response may carry besides what the code knows. */
export interface KeptAnswers {
  versionId: string;
  bandId: string;
  language: string;
  answers: Uint8Array;
}

export interface Settlement {
  codeHmac: string;
  attempt: string;
  ending: Ending;
  /** Present where answers are kept: 'sent' and 'broken-off-kept'. */
  kept: KeptAnswers | null;
}

const COUNTER = {
  sent: 'sent',
  declined: 'declined',
  'broken-off': 'broken_off',
  'broken-off-kept': 'broken_off_kept',
} as const satisfies Record<Ending, string>;

/** @returns 'done-already' if this draft has come to its end before; nothing is changed then */
export async function settleDraft(trx: Transaction<Tables>, settlement: Settlement): Promise<'done' | 'done-already'> {
  const { codeHmac, ending, kept } = settlement;
  const code = await trx.selectFrom('codes').selectAll().where('hmac', '=', codeHmac).executeTakeFirst();
  if (!code || code.state !== 'started' || code.school_id === null) return 'done-already';
  const noted = await trx
    .insertInto('attempts')
    .values({ token_hash: hashToken(settlement.attempt), wave_id: code.wave_id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(noted.numInsertedOrUpdatedRows) === 0) return 'done-already';
  await trx.deleteFrom('drafts').where('code_hmac', '=', codeHmac).execute();
  await trx.deleteFrom('respondent_sessions').where('code_hmac', '=', codeHmac).execute();
  await raiseCounter(trx, code.wave_id, code.school_id, code.stage ?? '', code.class ?? '', COUNTER[ending]);
  if (kept) {
    await trx
      .insertInto('responses')
      .values({
        id: newId(),
        wave_id: code.wave_id,
        version_id: kept.versionId,
        school_id: code.school_id,
        band_id: kept.bandId,
        sex: code.sex,
        quintile: code.quintile,
        asn: code.asn,
        language: kept.language,
        answers: kept.answers,
      })
      .execute();
  }
  await trx
    .updateTable('codes')
    .set({ state: 'spent', school_id: null, stage: null, class: null, sex: null, quintile: null, asn: null })
    .where('hmac', '=', codeHmac)
    .execute();
  return 'done';
}

/** Raises one counter of a school, stage and class by one. */
export async function raiseCounter(
  trx: Transaction<Tables>,
  waveId: string,
  schoolId: string,
  stage: string,
  className: string,
  counter: 'started' | (typeof COUNTER)[Ending],
): Promise<void> {
  const row = { wave_id: waveId, school_id: schoolId, stage, class: className };
  const zero = { started: 0, declined: 0, sent: 0, broken_off: 0, broken_off_kept: 0 };
  await trx
    .insertInto('fieldwork_counters')
    .values({ ...row, ...zero, [counter]: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['wave_id', 'school_id', 'stage', 'class'])
        .doUpdateSet({ [counter]: sql<number>`${sql.ref(`fieldwork_counters.${counter}`)} + 1` }),
    )
    .execute();
}
