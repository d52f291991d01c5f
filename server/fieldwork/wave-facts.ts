import { missingForOpening } from '../core/fieldwork/opening.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters } from '../storage/fieldwork-counters.ts';
import { createPlaces } from '../storage/places.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import type { WaveFacts } from './pages.ts';

/** Gathers what the page of a wave tells, and with it whether the wave may open. */
export async function gatherWaveFacts({ database, clock }: Services, wave: Wave): Promise<WaveFacts> {
  const waves = createWaves(database);
  const surveys = createSurveys(database);
  const schools = await waves.schools(wave.id);
  const stages = wave.bands.flatMap((band) => band.stages);
  const rows =
    wave.state === 'made' ? await createPlaces(database).rollTotals(wave.authorityId) : await waves.roll(wave.id);
  const roll = new Map<string, number>();
  for (const row of rows.filter((candidate) => stages.includes(candidate.stage))) {
    roll.set(row.schoolId, (roll.get(row.schoolId) ?? 0) + row.pupils);
  }
  const versions = (await Promise.all(wave.versionIds.map((id) => surveys.find(id)))).filter(
    (version) => version !== undefined,
  );
  const texts = await Promise.all(versions.map((version) => surveys.texts(version.id)));
  const draftedTexts = texts
    .flatMap((byLanguage) => [...byLanguage.values()])
    .filter((text) => text.status === 'drafted');
  const schoolsWithoutRoll = schools.filter((school) => !roll.get(school.id)).map((school) => school.name);
  const stagesWithoutSurvey = stages.filter(
    (stage) => !versions.some((version) => version.definition.stages.includes(stage)),
  );
  const authority = await createAuthorities(database).find(wave.authorityId);
  const unspent = await createCodes(database).countUnspent(wave.id);
  return {
    wave,
    surveys: versions,
    missing: missingForOpening({
      authorityKind: authority?.kind ?? 'real',
      state: wave.state,
      endsOn: wave.endsOn,
      today: clock().slice(0, 10),
      schools: schools.length,
      schoolsWithoutRoll: schoolsWithoutRoll.length,
      stagesWithoutSurvey,
      draftedTexts: draftedTexts.length,
    }),
    schoolsWithoutRoll,
    stagesWithoutSurvey,
    schools,
    roll,
    unspent: new Map(unspent.map((count) => [count.schoolId, count.unspent])),
    counts: await createFieldworkCounters(database).ofWave(wave.id),
  };
}
