import type { Membership } from '../core/disclosure/lattice.ts';
import type { Traveller } from '../core/survey/journey.ts';
import type { TopicId } from '../core/survey/topics.ts';
import type { Band, Stage } from '../core/survey/stage.ts';
import { inChunks, isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { newestRolls } from './places.ts';
import { setupFingerprint } from './setup-fingerprint.ts';

/** A wave is made, then open, then closing for a moment, then closed for good. */
export type WaveState = 'made' | 'open' | 'closing' | 'closed';

export interface Wave {
  id: string;
  authorityId: string;
  name: string;
  family: string;
  /** Civil dates; empty until they are settled. */
  startsOn: string;
  endsOn: string;
  state: WaveState;
  bands: Band[];
  /** The survey versions it asks. */
  versionIds: string[];
  way: WaveWay;
  /** The wave that this one rehearses; null for one that counts. */
  rehearsalOf: string | null;
}

export interface WaveSchool {
  id: string;
  code: string;
  name: string;
  sector: string;
  agreedToBeShown: boolean;
}

/** What a wave settles about everybody's way through its surveys. None of it changes once the wave is open. */
export type WaveWay = Omit<Traveller, 'stage'>;

export interface NewWave {
  /** A new one unless told: the demonstration's waves are always the same. */
  id?: string;
  authorityId: string;
  name: string;
  family: string;
  startsOn: string;
  endsOn: string;
  bands: readonly Band[];
  versionIds: readonly string[];
  schools: readonly { id: string; agreedToBeShown: boolean }[];
}

/** Pupils on the roll with the same school, stage, class and whatever else is held. */
export interface RollRow {
  schoolId: string;
  stage: Stage;
  class: string | null;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  pupils: number;
}

export interface Waves {
  make(wave: NewWave, madeBy: string | null, at: string): Promise<string>;
  find(id: string): Promise<Wave | undefined>;
  /** Waves of an authority, the one that begins last first; rehearsals are not among them. */
  list(authorityId: string): Promise<Wave[]>;
  /** Waves of any authority, and rehearsals, that are open or whose closing was interrupted. */
  unfinished(): Promise<Wave[]>;
  schools(waveId: string): Promise<WaveSchool[]>;
  /** One school of a wave. */
  school(waveId: string, schoolId: string): Promise<WaveSchool | undefined>;
  /**
   * Opens a wave: freezes clusters and roll as they are on that day.
   * @param looked the fingerprint of the setup that somebody looked through; none where nobody could change it
   * @returns 'changed', with nothing done, if its setup is another one now
   */
  open(
    waveId: string,
    openedBy: string | null,
    at: string,
    looked?: string,
  ): Promise<'opened' | 'done-already' | 'changed'>;
  /** Clusters with the codes of their schools, frozen at the opening. */
  memberships(waveId: string): Promise<Membership[]>;
  /** Localities with the codes of the wave's schools in them, as schools lie today. */
  localities(waveId: string): Promise<Membership[]>;
  /** The roll frozen at the opening. */
  roll(waveId: string): Promise<RollRow[]>;
}

export function createWaves({ query }: Database): Waves {
  const rows = query
    .selectFrom('waves')
    .leftJoin('wave_openings', 'wave_openings.wave_id', 'waves.id')
    .leftJoin('wave_closings', 'wave_closings.wave_id', 'waves.id')
    .leftJoin('rehearsals', 'rehearsal_id', 'waves.id')
    .select('rehearsals.wave_id as rehearsal_of')
    .select(['waves.id', 'authority_id', 'name', 'family', 'starts_on', 'ends_on'])
    .select(['opened_at', 'started_at', 'finished_at']);

  const schoolRows = query
    .selectFrom('wave_schools')
    .innerJoin('schools', 'schools.id', 'wave_schools.school_id')
    .select(['schools.id', 'code', 'name', 'sector', 'agreed_to_be_shown']);

  async function complete(row: Awaited<ReturnType<typeof rows.execute>>[number]): Promise<Wave> {
    const bands = await query
      .selectFrom('wave_bands')
      .select(['band_id', 'stages'])
      .where('wave_id', '=', row.id)
      .orderBy('position')
      .execute();
    const versions = await query
      .selectFrom('wave_versions')
      .select('version_id')
      .where('wave_id', '=', row.id)
      .orderBy('version_id')
      .execute();
    return {
      id: row.id,
      authorityId: row.authority_id,
      name: row.name,
      family: row.family,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      state: waveStateOf(row),
      bands: bands.map((band) => ({ id: band.band_id, stages: JSON.parse(band.stages) as Stage[] })),
      versionIds: versions.map((version) => version.version_id),
      way: await wayOf(row.id),
      rehearsalOf: row.rehearsal_of,
    };
  }

  async function wayOf(waveId: string): Promise<WaveWay> {
    const topics = await query
      .selectFrom('wave_topics')
      .select('topic')
      .where('wave_id', '=', waveId)
      .orderBy('topic')
      .execute();
    const reader = await query
      .selectFrom('wave_readers')
      .select('account_id')
      .where('wave_id', '=', waveId)
      .limit(1)
      .executeTakeFirst();
    return { topics: topics.map(({ topic }) => topic as TopicId), textAllowed: reader !== undefined };
  }

  return {
    async make(wave, madeBy, at) {
      const id = wave.id ?? newId();
      await query.transaction().execute(async (trx) => {
        await trx
          .insertInto('waves')
          .values({
            id,
            authority_id: wave.authorityId,
            name: wave.name,
            family: wave.family,
            starts_on: wave.startsOn,
            ends_on: wave.endsOn,
            created_at: at,
            created_by: madeBy,
          })
          .execute();
        const bands = wave.bands.map((band, position) => ({
          wave_id: id,
          band_id: band.id,
          position,
          stages: JSON.stringify(band.stages),
        }));
        if (bands.length > 0) await trx.insertInto('wave_bands').values(bands).execute();
        const versions = wave.versionIds.map((versionId) => ({ wave_id: id, version_id: versionId }));
        if (versions.length > 0) await trx.insertInto('wave_versions').values(versions).execute();
        for (const chunk of inChunks(wave.schools)) {
          const schools = chunk.map((school) => ({
            wave_id: id,
            school_id: school.id,
            agreed_to_be_shown: school.agreedToBeShown ? (1 as const) : (0 as const),
          }));
          await trx.insertInto('wave_schools').values(schools).execute();
        }
      });
      return id;
    },
    async find(id) {
      const row = await rows.where('waves.id', '=', id).executeTakeFirst();
      return row && complete(row);
    },
    async list(authorityId) {
      const found = await rows
        .where('authority_id', '=', authorityId)
        .where('rehearsal_id', 'is', null)
        .orderBy('starts_on', 'desc')
        .execute();
      return Promise.all(found.map(complete));
    },
    async unfinished() {
      const found = await rows.where('opened_at', 'is not', null).where('finished_at', 'is', null).execute();
      return Promise.all(found.map(complete));
    },
    async schools(waveId) {
      const found = await schoolRows.where('wave_id', '=', waveId).orderBy('name').execute();
      return found.map(schoolOf);
    },
    async school(waveId, schoolId) {
      const row = await schoolRows.where('wave_id', '=', waveId).where('school_id', '=', schoolId).executeTakeFirst();
      return row && schoolOf(row);
    },
    async open(waveId, openedBy, at, looked) {
      try {
        return await query.transaction().execute(async (trx) => {
          if (looked !== undefined && (await setupFingerprint(trx, waveId)) !== looked) return 'changed';
          await trx
            .insertInto('wave_openings')
            .values({ wave_id: waveId, opened_at: at, opened_by: openedBy })
            .execute();
          await freezeMemberships(trx, waveId, at.slice(0, 10));
          await freezeRoll(trx, waveId);
          return 'opened';
        });
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    async memberships(waveId) {
      const found = await query
        .selectFrom('wave_memberships')
        .innerJoin('clusters', 'clusters.id', 'wave_memberships.cluster_id')
        .innerJoin('schools', 'schools.id', 'wave_memberships.school_id')
        .select(['clusters.code', 'clusters.name', 'schools.code as school'])
        .where('wave_id', '=', waveId)
        .orderBy('clusters.name')
        .orderBy('schools.code')
        .execute();
      return grouped(found);
    },
    async localities(waveId) {
      const found = await query
        .selectFrom('wave_schools')
        .innerJoin('schools', 'schools.id', 'wave_schools.school_id')
        .innerJoin('localities', 'localities.id', 'schools.locality_id')
        .select(['localities.code', 'localities.name', 'schools.code as school'])
        .where('wave_id', '=', waveId)
        .orderBy('localities.name')
        .orderBy('schools.code')
        .execute();
      return grouped(found);
    },
    async roll(waveId) {
      const found = await query
        .selectFrom('wave_rolls')
        .select(['school_id as schoolId', 'stage', 'class', 'sex', 'quintile', 'asn', 'pupils'])
        .where('wave_id', '=', waveId)
        .execute();
      return found.map((row) => ({ ...row, stage: row.stage as Stage }));
    },
  };
}

/** How far a wave is, by the times of its opening and its closing. */
export function waveStateOf(
  row: Readonly<Record<'opened_at' | 'started_at' | 'finished_at', string | null>>,
): WaveState {
  if (row.finished_at !== null) return 'closed';
  if (row.started_at !== null) return 'closing';
  return row.opened_at === null ? 'made' : 'open';
}

/** Rows of a place and one of its schools as places with all of theirs. */
function grouped(rows: readonly { code: string; name: string; school: string }[]): Membership[] {
  const places = new Map<string, Membership>();
  for (const { code, name, school } of rows) {
    const place = places.get(code) ?? { code, name, schools: [] };
    place.schools.push(school);
    places.set(code, place);
  }
  return [...places.values()];
}

type Transaction = Parameters<Parameters<ReturnType<Database['query']['transaction']>['execute']>[0]>[0];

function schoolOf({
  agreed_to_be_shown,
  ...school
}: Omit<WaveSchool, 'agreedToBeShown'> & { agreed_to_be_shown: 0 | 1 }) {
  return { ...school, agreedToBeShown: agreed_to_be_shown === 1 };
}

/** Clusters as they stand on the day, for the schools of the wave. */
async function freezeMemberships(trx: Transaction, waveId: string, day: string): Promise<void> {
  const members = await trx
    .selectFrom('cluster_memberships')
    .innerJoin('wave_schools', 'wave_schools.school_id', 'cluster_memberships.school_id')
    .select(['cluster_id', 'cluster_memberships.school_id'])
    .distinct()
    .where('wave_id', '=', waveId)
    .where('from_date', '<=', day)
    .where((where) => where.or([where('to_date', 'is', null), where('to_date', '>=', day)]))
    .execute();
  for (const chunk of inChunks(members)) {
    await trx
      .insertInto('wave_memberships')
      .values(chunk.map((member) => ({ wave_id: waveId, ...member })))
      .execute();
  }
}

/** The newest roll of each school of the wave. */
async function freezeRoll(trx: Transaction, waveId: string): Promise<void> {
  const counts = await trx
    .selectFrom('roll_counts')
    .innerJoin('wave_schools', 'wave_schools.school_id', 'roll_counts.school_id')
    .innerJoin(newestRolls(trx), (join) =>
      join.onRef('newest.school_id', '=', 'roll_counts.school_id').onRef('newest.day', '=', 'roll_counts.counted_on'),
    )
    .select(['roll_counts.school_id', 'stage', 'class', 'sex', 'quintile', 'asn', 'pupils'])
    .where('wave_id', '=', waveId)
    .execute();
  for (const chunk of inChunks(counts)) {
    await trx
      .insertInto('wave_rolls')
      .values(chunk.map((row) => ({ id: newId(), wave_id: waveId, ...row })))
      .execute();
  }
}
