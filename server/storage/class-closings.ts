import { sql, type Transaction } from 'kysely';
import { inChunks } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * What the close of a wave does to classes: links, PINs, sessions, join codes, spares and who was here are gone, and the numbers of
 * those who do not take part are kept by school and stage, as they are counted. It can be done again without harm.
 */
export async function forgetClassWork(trx: Transaction<Tables>, waveId: string): Promise<void> {
  for (const table of [
    'class_sessions',
    'class_openings',
    'class_spares',
    'class_attendance',
    'class_sheets',
  ] as const) {
    await trx.deleteFrom(table).where('wave_id', '=', waveId).execute();
  }
  const optOuts = await trx
    .selectFrom('opt_outs')
    .select(['wave_id', 'school_id', 'stage'])
    .select(sql<number>`cast(sum(pupils) as integer)`.as('pupils'))
    .where('wave_id', '=', waveId)
    .groupBy(['wave_id', 'school_id', 'stage'])
    .execute();
  await trx.deleteFrom('opt_outs').where('wave_id', '=', waveId).execute();
  for (const chunk of inChunks(optOuts)) {
    await trx
      .insertInto('opt_outs')
      .values(chunk.map((row) => ({ ...row, class: '', entered: row.pupils })))
      .execute();
  }
}
