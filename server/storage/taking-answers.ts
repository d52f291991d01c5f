import type { Transaction } from 'kysely';
import { Fault } from '../errors.ts';
import type { Tables } from './tables.ts';

/**
 * Asked first in each transaction that writes what the close of a wave forgets: nothing of it may come in afterwards.
 * @throws Fault 'wave-closed' once the close has begun
 */
export async function demandTakesAnswers(trx: Transaction<Tables>, waveId: string): Promise<void> {
  const closing = await trx
    .selectFrom('wave_closings')
    .select('wave_id')
    .where('wave_id', '=', waveId)
    .executeTakeFirst();
  if (closing) throw new Fault('wave-closed');
}
