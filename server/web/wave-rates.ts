import type { RateInput, RatePlace } from '../core/fieldwork/rates.ts';
import { isOpenFamily } from '../core/fieldwork/open-family.ts';
import { rateFigure } from '../core/statistics/figure.ts';
import type { Release } from '../core/disclosure/release.ts';
import { createClassAttendances } from '../storage/class-attendance.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { createFieldworkCounters } from '../storage/fieldwork-counters.ts';
import { createReleases } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaveSetup } from '../storage/wave-setup.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import { areaOf, type SignedIn } from './access.ts';
import { createReadableReleases } from './readable-releases.ts';
import type { Services } from './services.ts';
import { placesWithin } from './wave-rates-area.ts';

/** What rates can be read by. */
export const RATES_BY = ['school', 'stage', 'cluster', 'locality', 'authority'] as const;
export type RatesBy = (typeof RATES_BY)[number];

/** A place with its rate the last time that this family was asked, if that is released and not hidden. */
export type PlaceThen = RatePlace & { lastTime: number | null };

export interface WaveRates {
  wave: Wave;
  input: RateInput;
  /** Per cent; null if the wave has none. */
  target: number | null;
  places: Record<RatesBy, PlaceThen[]>;
  /** The wave that `lastTime` is of; null if none of this family is released. */
  lastWave: string | null;
}

/** Waves of an authority that are open and ask schools: those that have rates to chase. */
export async function wavesWithRates({ database }: Services, authorityId: string): Promise<Wave[]> {
  const open = (await createWaves(database).list(authorityId)).filter(({ state }) => state === 'open');
  const kinds = await Promise.all(open.map((wave) => asksSchools(database, wave)));
  return open.filter((_, index) => kinds[index]);
}

/** Whether a wave asks everybody on a roll, and so has rates. */
export async function asksSchools(database: Services['database'], wave: Wave): Promise<boolean> {
  const surveys = createSurveys(database);
  const versions = await Promise.all(wave.versionIds.map((id) => surveys.find(id)));
  return !isOpenFamily(versions.flatMap((version) => (version ? [version.definition] : [])));
}

/** Everything that the rates of an open wave are shown from, as far as the area of whoever looks reaches. */
export async function gatherRates(
  { database }: Services,
  me: SignedIn,
  wave: Wave,
  authorityName: string,
): Promise<WaveRates> {
  const waves = createWaves(database);
  const stages = wave.bands.flatMap((band) => band.stages);
  const roll = (await waves.roll(wave.id)).filter((row) => stages.includes(row.stage));
  const counts = await createFieldworkCounters(database).ofWave(wave.id);
  const { parts } = await createWaveSetup(database).ofWave(wave.id);
  const last = await lastRelease(database, me, wave);
  const schools = await waves.schools(wave.id);
  const idOf = new Map(schools.map(({ id, code }) => [code, id]));
  const placed = (
    kind: 'cluster' | 'locality',
    members: readonly { code: string; name: string; schools: string[] }[],
  ) =>
    members.map(({ code, name, schools: codes }) => ({
      id: code,
      name,
      schools: new Set(codes.flatMap((school) => idOf.get(school) ?? [])),
      stage: null,
      lastTime: last ? lastRate(last.release, `${kind}:${code}`) : null,
    }));
  const whole = { id: wave.authorityId, name: authorityName, schools: null, stage: null };
  return {
    wave,
    input: {
      roll,
      // As they were entered: those that are counted would tell how many have started.
      optOuts: (await createOptOuts(database).ofWave(wave.id)).map((one) => ({ ...one, pupils: one.entered })),
      absent: await createClassAttendances(database).absentOf(wave.id),
      answered: counts.map(({ schoolId, stage, sent, brokenOffKept }) => ({
        schoolId,
        stage,
        answered: sent + brokenOffKept,
      })),
    },
    target: parts.target?.percent ?? null,
    places: placesWithin(areaOf(me), {
      school: schools.map(({ id, name }) => ({ id, name, schools: new Set([id]), stage: null, lastTime: null })),
      stage: stages.map((stage) => ({ id: stage, name: stage, schools: null, stage, lastTime: null })),
      cluster: placed('cluster', await waves.memberships(wave.id)),
      locality: placed('locality', await waves.localities(wave.id)),
      authority: [{ ...whole, lastTime: last ? lastRate(last.release, 'authority') : null }],
    }),
    lastWave: last?.name ?? null,
  };
}

/** The newest published release of the same family. */
async function lastRelease(
  database: Services['database'],
  me: SignedIn,
  { authorityId, family }: Wave,
): Promise<{ release: Release; name: string } | undefined> {
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const waves = createWaves(database);
  for (const { id, waveId } of await releases.published(authorityId)) {
    const earlier = await waves.find(waveId);
    if (earlier?.family !== family) continue;
    const release = (await readable.open(id, me))?.release;
    if (release) return { release, name: earlier.name };
  }
  return undefined;
}

/** The rate of a place over all bands of a release, in whole per cent; null where that of a band is hidden. */
function lastRate(release: Release, node: string): number | null {
  const bands = release.bands.map((band) => rateFigure(release, node, band.id));
  if (bands.length === 0 || bands.some((rate) => rate === undefined)) return null;
  const sum = (of: 'answered' | 'roll') => bands.reduce((total, rate) => total + rate![of], 0);
  return Math.round((100 * sum('answered')) / sum('roll'));
}
