import { encodeAnswers, encodeUnlinked } from '../../core/survey/slots.ts';
import { walk, type Traveller } from '../../core/survey/journey.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Stage } from '../../core/survey/stage.ts';
import { closeWave } from '../../fieldwork/close-wave.ts';
import { createPlaces } from '../../storage/places.ts';
import { createSendings, type SeededResponse } from '../../storage/sendings.ts';
import { createSurveys, type SurveyVersion } from '../../storage/surveys.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Services } from '../../web/services.ts';
import { answerSurvey } from './answers.ts';
import { FIELDWORK, type SeededAuthority } from './authority.ts';
import { respondents, type SeededPupil } from './respondents.ts';
import { allSchools, BANDS, makeWave, openWave } from './waves.ts';

/* Waves of the demonstration whose fieldwork is over: made, opened, answered and closed. */

export const SEED = 'strathlorn-2026';
/** Pupils who sent their answers in Arabic, about as many as might. */
const ARABIC_SHARE = 0.01;

/** A wave whose fieldwork is over. Drift sets how far its answers lie from the model. */
export interface PastWave {
  family: 'pupils';
  id: string;
  name: string;
  startsOn: string;
  endsOn: string;
  drift: number;
  /** Whether its codes carried sex and quintile from the roll. */
  carriesGroups: boolean;
}

export const EARLIER: PastWave = {
  family: 'pupils',
  id: 'autumn-2023',
  name: 'Autumn 2023',
  startsOn: '2023-10-30',
  endsOn: '2023-12-08',
  drift: 1,
  carriesGroups: false,
};
export const LATEST: PastWave = {
  family: 'pupils',
  id: 'autumn-2025',
  name: 'Autumn 2025',
  startsOn: '2025-11-03',
  endsOn: '2025-12-12',
  drift: 0,
  carriesGroups: true,
};

/** Makes a wave and has its pupils answer. @returns its id */
export async function addPastWave(
  services: Services,
  authority: SeededAuthority,
  administrator: string | null,
  past: PastWave,
): Promise<string> {
  const { database } = services;
  const waves = createWaves(database);
  const { id, name, family, startsOn, endsOn } = past;
  const schools = await allSchools(services, authority.id);
  const planned = { id, authorityId: authority.id, family, name, startsOn, endsOn, bands: BANDS, schools };
  const waveId = await makeWave(services, planned, administrator, `${startsOn}T07:00:00.000Z`);
  // Clusters are frozen as they are today, which is how the demonstration's earlier wave stays comparable.
  await openWave(services, waveId, administrator, services.clock());
  const wave = (await waves.find(waveId))!;
  await closeWave({ ...services, clock: () => `${endsOn}T16:00:00.000Z` }, wave, administrator);
  await createSendings(database, services.secrets).writeMany(await pastResponses(services, authority, waveId, past));
  return waveId;
}

/** Exactly as many answers as North Lanarkshire's pupils gave in 2017. */
async function pastResponses(
  { database }: Services,
  authority: SeededAuthority,
  waveId: string,
  past: PastWave,
): Promise<SeededResponse[]> {
  const schoolIds = new Map(
    (await createPlaces(database).schools(authority.id)).map((school) => [school.code, school.id]),
  );
  const versions = await createSurveys(database).newestOfFamily(past.family);
  const random = seededRandom(`${SEED}/${past.name}/answers`);
  const allowed: Omit<Traveller, 'stage'> = { textAllowed: false, topics: [] };
  const responses: SeededResponse[] = [];
  for (const { stages, answers } of [FIELDWORK.primary, FIELDWORK.secondary]) {
    for (const pupil of respondents(authority, { stages: [...stages], answers, seed: `${SEED}/${past.name}` })) {
      const version = versionFor(versions, pupil.stage);
      const given = answerSurvey(version.definition, pupil, random, { ...allowed, drift: past.drift });
      const path = walk(version.definition, { ...allowed, stage: pupil.stage }, given);
      responses.push({
        waveId,
        versionId: version.id,
        schoolId: schoolIds.get(pupil.schoolCode)!,
        stage: pupil.stage,
        bandId: BANDS.find((band) => band.stages.includes(pupil.stage))!.id,
        ...(past.carriesGroups ? carried(pupil) : NOTHING_CARRIED),
        language: random.chance(ARABIC_SHARE) ? 'ar' : 'en',
        answers: encodeAnswers(version.definition, path, given),
        unlinked: encodeUnlinked(version.definition, path, given),
      });
    }
  }
  return responses;
}

const NOTHING_CARRIED = { sex: null, quintile: null, asn: null };
const carried = ({ sex, quintile, asn }: SeededPupil) => ({ sex, quintile, asn });

/** The usual version of a stage; what is easy to read is chosen by whoever answers. */
function versionFor(versions: readonly SurveyVersion[], stage: Stage): SurveyVersion {
  const usual = versions.filter(({ definition }) => !definition.easyRead);
  const version = usual.find(({ definition }) => definition.stages.includes(stage));
  if (!version)
    throw new Error(`No shipped survey is for ${stage}: expected primary and secondary. Look into surveys/.`);
  return version;
}
