import { openBands } from '../../core/fieldwork/open-family.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Answers } from '../../core/survey/answer.ts';
import { walk } from '../../core/survey/journey.ts';
import { encodeAnswers } from '../../core/survey/slots.ts';
import { closeWave } from '../../fieldwork/close-wave.ts';
import { createPlaces } from '../../storage/places.ts';
import { createSendings, type SeededOpenResponse } from '../../storage/sendings.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createWaveLinks } from '../../storage/wave-links.ts';
import { createWaves } from '../../storage/waves.ts';
import type { Services } from '../../web/services.ts';
import type { SeededAuthority } from './authority.ts';
import { answerSurvey } from './answers.ts';
import { SEED } from './past-waves.ts';
import { shareOut } from './shares.ts';
import { makeWave, openWave } from './waves.ts';

/* The demonstration's open wave whose fieldwork is over: parents who came by a link, more of them in some places. */

export interface PastParents {
  family: 'parents';
  id: string;
  name: string;
  startsOn: string;
  endsOn: string;
  /** How many came. */
  answers: number;
}

export const PARENTS: PastParents = {
  family: 'parents',
  id: 'parents-spring-2025',
  name: 'Parents, spring 2025',
  startsOn: '2025-04-21',
  endsOn: '2025-06-06',
  answers: 1_500,
};

/** How many came by locality, in the order of their names, and by age of the child, in proportion. */
const PLACE_WEIGHTS = [9, 19, 34, 26];
const NOWHERE_WEIGHT = 12;
const BAND_WEIGHTS = [38, 35, 27];
/** Of those of each place, how many answered in Arabic, in the same order. */
const ARABIC_SHARES = [0, 0.08, 0.11, 0.05];
const NOWHERE_ARABIC = 0.1;
/** Fewer would stand out, and would have given up their language at the close. */
const LEAST_ARABIC = 3;

/** Makes the wave and has its parents answer. @returns its id */
export async function addPastParents(
  services: Services,
  authority: SeededAuthority,
  administrator: string | null,
  past: PastParents,
): Promise<string> {
  const { database, secrets } = services;
  const { id, name, family, startsOn, endsOn } = past;
  const versions = await createSurveys(database).newestOfFamily(family);
  const bands = openBands(versions.map(({ definition }) => definition));
  const planned = { id, authorityId: authority.id, family, name, startsOn, endsOn, bands, schools: [] };
  const at = `${startsOn}T07:00:00.000Z`;
  const waveId = await makeWave(services, planned, administrator, at);
  await openWave(services, waveId, administrator, at);
  const localities = (await createPlaces(database).localities(authority.id)).map((locality) => locality.id);
  for (const localityId of [null, ...localities]) {
    await createWaveLinks(database).make(waveId, localityId, administrator, at);
  }
  const wave = (await createWaves(database).find(waveId))!;
  await closeWave({ ...services, clock: () => `${endsOn}T16:00:00.000Z` }, wave, administrator);
  await createSendings(database, secrets).writeManyOpen(await pastAnswers(services, authority, waveId, past));
  return waveId;
}

async function pastAnswers(
  { database }: Services,
  authority: SeededAuthority,
  waveId: string,
  past: PastParents,
): Promise<SeededOpenResponse[]> {
  const [version] = await createSurveys(database).newestOfFamily(past.family);
  if (!version) throw new Error('No survey of parents is published: expected that of surveys/parents.');
  const bandQuestion = version.definition.bandQuestion!;
  const localities = await createPlaces(database).localities(authority.id);
  const random = seededRandom(`${SEED}/${past.name}/answers`);
  const way = { stage: null, textAllowed: false, topics: [] };
  return cameTo(past, localities.length).flatMap(({ place, band, language, count }) => {
    const locality = localities[place];
    const bandId = openBands([version.definition])[band]!.id;
    const given: Answers = { [bandQuestion]: { state: 'answered', value: bandId } };
    const parent = { schoolCode: locality?.code ?? '', clusterCode: null, sex: null, quintile: null, asn: null };
    return Array.from({ length: count }, (): SeededOpenResponse => {
      const answers = answerSurvey(version.definition, { ...parent, stage: null }, random, { ...way, given });
      const path = walk(version.definition, way, answers);
      return {
        waveId,
        versionId: version.id,
        localityId: locality?.id ?? null,
        bandId,
        language,
        answers: encodeAnswers(version.definition, path, answers),
      };
    });
  });
}

interface Came {
  /** The position of a locality; the one after the last stands for none. */
  place: number;
  band: number;
  language: 'en' | 'ar';
  count: number;
}

/** Exactly as many as came, unevenly by place; a language that fewer than three would have in common has nobody. */
function cameTo({ answers }: PastParents, localities: number): Came[] {
  const weights = [...PLACE_WEIGHTS.slice(0, localities), NOWHERE_WEIGHT];
  const arabic = [...ARABIC_SHARES.slice(0, localities), NOWHERE_ARABIC];
  const sharers = weights.flatMap((weight) =>
    BAND_WEIGHTS.map((of) => ({ weight: weight * of, least: 0, most: answers })),
  );
  return shareOut(answers, sharers).flatMap((count, index): Came[] => {
    const place = Math.floor(index / BAND_WEIGHTS.length);
    const band = index % BAND_WEIGHTS.length;
    const wanted = Math.round(count * arabic[place]!);
    const ar = wanted < LEAST_ARABIC ? 0 : wanted;
    return [
      { place, band, language: 'en', count: count - ar },
      { place, band, language: 'ar', count: ar },
    ];
  });
}
