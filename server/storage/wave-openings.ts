import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Whether a wave has been opened, asked inside the transaction that depends on it. */
export async function isOpened(trx: Transaction<Tables>, waveId: string): Promise<boolean> {
  const row = await trx.selectFrom('wave_openings').select('wave_id').where('wave_id', '=', waveId).executeTakeFirst();
  return row !== undefined;
}
