import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Who of a wave's readers can read: their account has not ended, and has the role. */
export function livingReaders(query: Kysely<Tables>, waveId: string) {
  return query
    .selectFrom('wave_readers')
    .innerJoin('accounts', 'accounts.id', 'wave_readers.account_id')
    .innerJoin('account_roles', 'account_roles.account_id', 'accounts.id')
    .select('accounts.id')
    .where('wave_id', '=', waveId)
    .where('role', '=', 'text-reader')
    .where('ended_at', 'is', null);
}

/** Whether a wave that takes words, or has words that nobody has read, would be left without anybody who can read. */
export async function isLastReader(trx: Kysely<Tables>, accountId: string): Promise<boolean> {
  for (const waveId of await wavesToRead(trx, accountId)) {
    const living = await livingReaders(trx, waveId).execute();
    if (living.length === 1 && living[0]!.id === accountId) return true;
  }
  return false;
}

/** Waves that name this account, were opened, and are not closed or not read to the end. Rehearsals are no waves here. */
async function wavesToRead(trx: Kysely<Tables>, accountId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('wave_readers')
    .innerJoin('wave_openings', 'wave_openings.wave_id', 'wave_readers.wave_id')
    .leftJoin('wave_closings', 'wave_closings.wave_id', 'wave_readers.wave_id')
    .leftJoin('rehearsals', 'rehearsal_id', 'wave_readers.wave_id')
    .select('wave_readers.wave_id')
    .where('account_id', '=', accountId)
    .where('rehearsal_id', 'is', null)
    .where((where) =>
      where.or([
        where('finished_at', 'is', null),
        where.exists(
          where
            .selectFrom('written_texts')
            .leftJoin('text_readings', 'text_id', 'written_texts.id')
            .select('written_texts.id')
            .whereRef('written_texts.wave_id', '=', 'wave_readers.wave_id')
            .where('text_id', 'is', null),
        ),
      ]),
    )
    .execute();
  return rows.map((row) => row.wave_id);
}
