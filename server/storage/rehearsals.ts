import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { isOpened } from './wave-openings.ts';

/** A wave that is held to see whether everything works. Nothing of it counts, and all of it is deleted. */
export interface Rehearsal {
  /** The id of its own wave. */
  id: string;
  /** The wave that is rehearsed. */
  waveId: string;
  begunAt: string;
  /** Sign-in name. */
  begunBy: string | null;
  /** The hash of what its wave asked whom. */
  asked: string;
  /** When its wave was deleted; null while it is there. */
  endedAt: string | null;
  /** How many answered to the end, known once it is over. */
  sent: number | null;
}

export interface Rehearsals {
  /**
   * Makes the wave of a rehearsal: the surveys, bands, schools, topics, reply, readers and languages of another wave.
   * @returns its id, 'under-way' if there is one already, or 'wave-open' if the wave was opened meanwhile
   */
  begin(
    waveId: string,
    rehearsal: { name: string; startsOn: string; endsOn: string; asked: string },
    begunBy: string | null,
    at: string,
  ): Promise<{ id: string } | 'under-way' | 'wave-open'>;
  /** Rehearsals of a wave, the newest first. */
  ofWave(waveId: string): Promise<Rehearsal[]>;
  find(rehearsalId: string): Promise<Rehearsal | undefined>;
  /** How many have answered to the end in a rehearsal that is not over. */
  sentSoFar(rehearsalId: string): Promise<number>;
  /** That its wave is deleted. */
  end(rehearsalId: string, sent: number, at: string): Promise<void>;
}

/** The tables whose rows the wave of a rehearsal takes over. */
const COPIED = ['wave_bands', 'wave_versions', 'wave_schools', 'wave_topics', 'wave_replies', 'wave_readers'] as const;

export function createRehearsals({ query }: Database): Rehearsals {
  const rows = query
    .selectFrom('rehearsals')
    .leftJoin('accounts', 'accounts.id', 'begun_by')
    .select(['rehearsal_id as id', 'wave_id as waveId', 'begun_at as begunAt', 'sign_in_name as begunBy'])
    .select(['rehearsals.ended_at as endedAt', 'sent', 'asked']);

  return {
    begin: (waveId, { name, startsOn, endsOn, asked }, begunBy, at) =>
      query.transaction().execute(async (trx) => {
        if (await isOpened(trx, waveId)) return 'wave-open';
        const underWay = await trx
          .selectFrom('rehearsals')
          .select('rehearsal_id')
          .where('wave_id', '=', waveId)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        if (underWay) return 'under-way';
        const wave = await trx.selectFrom('waves').selectAll().where('id', '=', waveId).executeTakeFirstOrThrow();
        const id = newId();
        await trx
          .insertInto('waves')
          .values({ ...wave, id, name, starts_on: startsOn, ends_on: endsOn, created_at: at, created_by: begunBy })
          .execute();
        for (const table of COPIED) {
          const of = await trx.selectFrom(table).selectAll().where('wave_id', '=', waveId).execute();
          for (const row of of)
            await trx
              .insertInto(table)
              .values({ ...row, wave_id: id })
              .execute();
        }
        const languages = await trx
          .selectFrom('wave_setup_parts')
          .selectAll()
          .where('wave_id', '=', waveId)
          .where('part', '=', 'languages')
          .executeTakeFirst();
        if (languages)
          await trx
            .insertInto('wave_setup_parts')
            .values({ ...languages, wave_id: id })
            .execute();
        const begun = { asked, begun_at: at, begun_by: begunBy, ended_at: null, sent: null };
        await trx
          .insertInto('rehearsals')
          .values({ rehearsal_id: id, wave_id: waveId, ...begun })
          .execute();
        return { id };
      }),
    ofWave: (waveId) => rows.where('wave_id', '=', waveId).orderBy('begun_at', 'desc').execute(),
    find: (rehearsalId) => rows.where('rehearsal_id', '=', rehearsalId).executeTakeFirst(),
    async sentSoFar(rehearsalId) {
      let sent = 0;
      // Rows are counted and nothing of them is read.
      for (const table of ['responses', 'open_responses'] as const) {
        const counted = await query
          .selectFrom(table)
          .select((count) => count.fn.countAll<number>().as('rows'))
          .where('wave_id', '=', rehearsalId)
          .executeTakeFirstOrThrow();
        sent += Number(counted.rows);
      }
      return sent;
    },
    async end(rehearsalId, sent, at) {
      await query
        .updateTable('rehearsals')
        .set({ ended_at: at, sent })
        .where('rehearsal_id', '=', rehearsalId)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}
