import type { Database } from './database.ts';
import { isOpened } from './wave-openings.ts';

/** Who reads what young people write. A wave that has a reader asks for words; one without does not. */
export interface WaveReaders {
  /** Accounts of the readers of a wave. */
  ofWave(waveId: string): Promise<string[]>;
  /**
   * Names a reader. An open wave takes more readers if it opened with one, and none if it opened without: its
   * pupils have been told that nobody asks for their words.
   */
  name(
    waveId: string,
    accountId: string,
    namedBy: string | null,
    at: string,
  ): Promise<'named' | 'done-already' | 'wave-open'>;
  /** Takes a reader away again, unless the wave has been opened. */
  remove(waveId: string, accountId: string): Promise<'removed' | 'done-already' | 'wave-open'>;
}

export function createWaveReaders({ query }: Database): WaveReaders {
  return {
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('wave_readers')
        .select('account_id')
        .where('wave_id', '=', waveId)
        .orderBy('account_id')
        .execute();
      return rows.map((row) => row.account_id);
    },
    name: (waveId, accountId, namedBy, at) =>
      query.transaction().execute(async (trx) => {
        const readers = await trx
          .selectFrom('wave_readers')
          .select('account_id')
          .where('wave_id', '=', waveId)
          .execute();
        if (readers.some((reader) => reader.account_id === accountId)) return 'done-already';
        if (readers.length === 0 && (await isOpened(trx, waveId))) return 'wave-open';
        await trx
          .insertInto('wave_readers')
          .values({ wave_id: waveId, account_id: accountId, named_at: at, named_by: namedBy })
          .execute();
        return 'named';
      }),
    remove: (waveId, accountId) =>
      query.transaction().execute(async (trx) => {
        if (await isOpened(trx, waveId)) return 'wave-open';
        const removed = await trx
          .deleteFrom('wave_readers')
          .where('wave_id', '=', waveId)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        return removed.numDeletedRows === 1n ? 'removed' : 'done-already';
      }),
  };
}
