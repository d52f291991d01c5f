import { sql, type Selectable, type Transaction } from 'kysely';
import { newId } from './identifiers.ts';
import { hashToken, type Secrets } from './secrets.ts';
import { noteSent, type SentWords } from './sent-texts.ts';
import type { CodesTable } from './answering-tables.ts';
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
  /** The answers to unlinked sections that were on the way; each becomes a record of its own. */
  unlinked: readonly { section: string; answers: Uint8Array }[];
  /** What was written, as it stands at the end: it is with the readers already. */
  texts: readonly SentWords[];
}

export interface Settlement {
  codeHmac: string;
  attempt: string;
  ending: Ending;
  /** Whether somebody helped: counted for the wave, and kept with nothing. */
  supporter: boolean;
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
export async function settleDraft(
  trx: Transaction<Tables>,
  secrets: Secrets,
  settlement: Settlement,
): Promise<'done' | 'done-already'> {
  const { codeHmac, ending, kept } = settlement;
  const code = await trx.selectFrom('codes').selectAll().where('hmac', '=', codeHmac).executeTakeFirst();
  if (!code || code.state !== 'started') return 'done-already';
  const noted = await trx
    .insertInto('attempts')
    .values({ token_hash: hashToken(settlement.attempt), wave_id: code.wave_id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (Number(noted.numInsertedOrUpdatedRows) === 0) return 'done-already';
  await trx.deleteFrom('drafts').where('code_hmac', '=', codeHmac).execute();
  await trx.deleteFrom('respondent_sessions').where('code_hmac', '=', codeHmac).execute();
  await count(trx, code.wave_id, code, COUNTER[ending]);
  if (settlement.supporter) await raiseTally(trx, code.wave_id, 'supporter');
  if (kept) {
    await keep(trx, code, kept);
    await noteSent(trx, secrets, code, kept.bandId, kept.texts);
  }
  await trx
    .updateTable('codes')
    .set({ state: 'spent', ...KNOWS_NOTHING })
    .where('hmac', '=', codeHmac)
    .execute();
  return 'done';
}

/** A code that is stripped of what it knew. */
export const KNOWS_NOTHING = {
  school_id: null,
  stage: null,
  class: null,
  sex: null,
  quintile: null,
  asn: null,
  locality_id: null,
  spare: 0,
} as const;

async function keep(trx: Transaction<Tables>, code: Selectable<CodesTable>, kept: KeptAnswers): Promise<void> {
  const { versionId: version_id, bandId: band_id, language, answers } = kept;
  const { wave_id, school_id, sex, quintile, asn, locality_id } = code;
  const record = { wave_id, version_id, band_id };
  if (school_id === null) {
    await trx
      .insertInto('open_responses')
      .values({ ...record, id: newId(), locality_id, language, answers })
      .execute();
  } else {
    await trx
      .insertInto('responses')
      .values({ ...record, id: newId(), school_id, sex, quintile, asn, language, answers })
      .execute();
  }
  for (const { section, answers: unlinked } of kept.unlinked) {
    await trx
      .insertInto('unlinked_records')
      .values({ ...record, id: newId(), section, sex, quintile, answers: unlinked })
      .execute();
  }
}

/** Counts that a draft was begun. */
export async function countStart(trx: Transaction<Tables>, waveId: string, code: CountedCode): Promise<void> {
  await count(trx, waveId, code, 'started');
}

type CountedCode = Pick<CodesTable, 'school_id' | 'stage' | 'class'>;
type Counter = 'started' | (typeof COUNTER)[Ending];

/** Counts for a school, stage and class; where nobody is on a roll, for the wave. */
async function count(trx: Transaction<Tables>, waveId: string, code: CountedCode, counter: Counter): Promise<void> {
  if (code.school_id === null) await raiseTally(trx, waveId, counter);
  else await raiseCounter(trx, waveId, code.school_id, code.stage ?? '', code.class ?? '', counter);
}

/** Raises one count of a wave as a whole by one. */
async function raiseTally(trx: Transaction<Tables>, waveId: string, name: Counter | 'supporter'): Promise<void> {
  await trx
    .insertInto('wave_tallies')
    .values({ wave_id: waveId, name, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['wave_id', 'name']).doUpdateSet({ count: sql<number>`${sql.ref('wave_tallies.count')} + 1` }),
    )
    .execute();
}

/** Raises one counter of a school, stage and class by one. */
async function raiseCounter(
  trx: Transaction<Tables>,
  waveId: string,
  schoolId: string,
  stage: string,
  className: string,
  counter: Counter,
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
