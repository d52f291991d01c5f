import { DEFAULT_BANDS, type Band } from '../../core/survey/stage.ts';
import { createPlaces } from '../../storage/places.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Services } from '../../web/services.ts';
import { settleWave } from './setup.ts';

/* How the demonstration makes and opens its waves, past and present. */

/** The bands of pupils that the demonstration asks. */
export const BANDS = DEFAULT_BANDS.filter((band) => band.id !== 's5-s6');

export interface SeededWave {
  id?: string;
  authorityId: string;
  name: string;
  family: string;
  startsOn: string;
  endsOn: string;
  bands: readonly Band[];
  /** Ids of schools; every one of them agreed to be shown. */
  schools: readonly string[];
}

/** Ids of all schools of the demonstration. */
export async function allSchools({ database }: Services, authorityId: string): Promise<string[]> {
  return (await createPlaces(database).schools(authorityId)).map(({ id }) => id);
}

/** Makes a wave of the newest versions of a family, with everything settled that it needs. @returns its id */
export async function makeWave(
  services: Services,
  wave: SeededWave,
  madeBy: string | null,
  at: string,
): Promise<string> {
  const { database } = services;
  const versions = await createSurveys(database).newestOfFamily(wave.family);
  const made = {
    ...wave,
    versionIds: versions.map((version) => version.id),
    schools: wave.schools.map((id) => ({ id, agreedToBeShown: true })),
  };
  const id = await createWaves(database).make(made, madeBy, at);
  await settleWave(services, id, madeBy, at);
  return id;
}

export async function openWave(
  { database, secrets }: Services,
  waveId: string,
  openedBy: string | null,
  at: string,
): Promise<void> {
  secrets.createWaveSecret(waveId);
  await createWaves(database).open(waveId, openedBy, at);
}
