import type { NotedParts, PartId, SetupParts } from '../core/fieldwork/setup.ts';
import type { Band } from '../core/survey/stage.ts';
import { inChunks, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { isOpened } from './wave-openings.ts';

/** Who noted a part, and when. */
export interface Noting {
  notedAt: string;
  /** Sign-in name; null where nobody was signed in. */
  notedBy: string | null;
}

export interface WaveSetupState {
  parts: NotedParts;
  notings: Readonly<Partial<Record<PartId, Noting>>>;
}

/** That the last day was put later, with the name of who did so. */
export interface Postponement {
  endedOn: string;
  endsOn: string;
  postponedAt: string;
  postponedBy: string | null;
}

type Changed = 'changed' | 'wave-open';

/** What is settled of a wave before it opens. Nothing of it changes afterwards but the last day, which can come later. */
export interface WaveSetup {
  ofWave(waveId: string): Promise<WaveSetupState>;
  /** Notes a part, in the place of what was noted before. */
  note<Part extends PartId>(
    waveId: string,
    part: Part,
    content: SetupParts[Part],
    notedBy: string | null,
    at: string,
  ): Promise<Changed>;
  /** Takes a part back. */
  forget(waveId: string, part: PartId): Promise<Changed>;
  setBands(waveId: string, bands: readonly Band[]): Promise<Changed>;
  setSchools(waveId: string, schools: readonly { id: string; agreedToBeShown: boolean }[]): Promise<Changed>;
  setDates(waveId: string, dates: { startsOn: string; endsOn: string }): Promise<Changed>;
  /** Puts the last day of an open wave later. @returns 'not-later' too where the wave is not open any more */
  postpone(waveId: string, endsOn: string, by: string | null, at: string): Promise<'postponed' | 'not-later'>;
  postponements(waveId: string): Promise<Postponement[]>;
}

export function createWaveSetup({ query }: Database): WaveSetup {
  type Transaction = Parameters<Parameters<ReturnType<typeof query.transaction>['execute']>[0]>[0];

  /** Does something to a wave unless it has been opened. */
  const before = (waveId: string, change: (trx: Transaction) => Promise<unknown>) =>
    query.transaction().execute(async (trx): Promise<Changed> => {
      if (await isOpened(trx, waveId)) return 'wave-open';
      await change(trx);
      return 'changed';
    });

  return {
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('wave_setup_parts')
        .leftJoin('accounts', 'accounts.id', 'noted_by')
        .select(['part', 'content', 'noted_at as notedAt', 'sign_in_name as notedBy'])
        .where('wave_id', '=', waveId)
        .execute();
      return {
        parts: Object.fromEntries(rows.map(({ part, content }) => [part, JSON.parse(content) as unknown])),
        notings: Object.fromEntries(rows.map(({ part, notedAt, notedBy }) => [part, { notedAt, notedBy }])),
      };
    },
    note: (waveId, part, content, notedBy, at) =>
      before(waveId, async (trx) => {
        const noted = { content: JSON.stringify(content), noted_at: at, noted_by: notedBy };
        await trx
          .insertInto('wave_setup_parts')
          .values({ wave_id: waveId, part, ...noted })
          .onConflict((conflict) => conflict.columns(['wave_id', 'part']).doUpdateSet(noted))
          .execute();
      }),
    forget: (waveId, part) =>
      before(waveId, (trx) =>
        trx.deleteFrom('wave_setup_parts').where('wave_id', '=', waveId).where('part', '=', part).execute(),
      ),
    setBands: (waveId, bands) =>
      before(waveId, async (trx) => {
        await trx.deleteFrom('wave_bands').where('wave_id', '=', waveId).execute();
        const rows = bands.map(({ id, stages }, position) => ({
          wave_id: waveId,
          band_id: id,
          position,
          stages: JSON.stringify(stages),
        }));
        if (rows.length > 0) await trx.insertInto('wave_bands').values(rows).execute();
      }),
    setSchools: (waveId, schools) =>
      before(waveId, async (trx) => {
        await trx.deleteFrom('wave_schools').where('wave_id', '=', waveId).execute();
        for (const chunk of inChunks(schools)) {
          const rows = chunk.map(({ id, agreedToBeShown }) => ({
            wave_id: waveId,
            school_id: id,
            agreed_to_be_shown: agreedToBeShown ? (1 as const) : (0 as const),
          }));
          await trx.insertInto('wave_schools').values(rows).execute();
        }
      }),
    setDates: (waveId, { startsOn: starts_on, endsOn: ends_on }) =>
      before(waveId, (trx) => trx.updateTable('waves').set({ starts_on, ends_on }).where('id', '=', waveId).execute()),
    postpone: (waveId, endsOn, by, at) =>
      query.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('waves')
          .innerJoin('wave_openings', 'wave_openings.wave_id', 'waves.id')
          .leftJoin('wave_closings', 'wave_closings.wave_id', 'waves.id')
          .select('ends_on')
          .where('waves.id', '=', waveId)
          .where('started_at', 'is', null)
          .executeTakeFirst();
        if (!row || row.ends_on >= endsOn) return 'not-later';
        await trx.updateTable('waves').set({ ends_on: endsOn }).where('id', '=', waveId).execute();
        const postponed = { ended_on: row.ends_on, ends_on: endsOn, postponed_at: at, postponed_by: by };
        await trx
          .insertInto('wave_postponements')
          .values({ id: newId(), wave_id: waveId, ...postponed })
          .execute();
        return 'postponed';
      }),
    postponements: (waveId) =>
      query
        .selectFrom('wave_postponements')
        .leftJoin('accounts', 'accounts.id', 'postponed_by')
        .select(['ended_on as endedOn', 'ends_on as endsOn', 'postponed_at as postponedAt'])
        .select('sign_in_name as postponedBy')
        .where('wave_id', '=', waveId)
        .orderBy('postponed_at')
        .execute(),
  };
}
