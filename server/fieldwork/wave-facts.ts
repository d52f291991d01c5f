import { askedTopics, type AskedTopic } from '../core/fieldwork/asked-topics.ts';
import { isOpenFamily } from '../core/fieldwork/open-family.ts';
import { missingForOpening, type Missing } from '../core/fieldwork/opening.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import type { SurveyText } from '../core/survey/text.ts';
import { createAccounts, type Account } from '../storage/accounts.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters, type FieldworkCount } from '../storage/fieldwork-counters.ts';
import { createPlaces, type Place } from '../storage/places.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaveLinks, type WaveLink } from '../storage/wave-links.ts';
import { createWaveReaders } from '../storage/wave-readers.ts';
import { createWaves, type Wave, type WaveSchool } from '../storage/waves.ts';
import { createWaveTopics, type SwitchedTopic } from '../storage/wave-topics.ts';
import { LANGUAGES, type LanguageCode } from '../web/language.ts';
import type { Services } from '../web/services.ts';

/** A survey as a wave asks it, with its words by language. */
export interface AskedVersion {
  version: SurveyVersion;
  texts: ReadonlyMap<string, SurveyText>;
}

/** Everything the page of a wave tells. */
export interface WaveFacts {
  wave: Wave;
  contents: readonly AskedVersion[];
  /** Whether whoever comes may answer, by way of links and not of schools. */
  open: boolean;
  missing: readonly Missing[];
  schoolsWithoutRoll: readonly string[];
  stagesWithoutSurvey: readonly string[];
  schools: readonly WaveSchool[];
  roll: ReadonlyMap<string, number>;
  unspent: ReadonlyMap<string, number>;
  counts: readonly FieldworkCount[];
  /** Topics that somebody has to decide on, and those that are on. */
  askedTopics: readonly AskedTopic[];
  switchedTopics: readonly SwitchedTopic[];
  /** Whether its surveys have questions to answer in one's own words. */
  asksForText: boolean;
  /** Accounts of its readers, and everybody who may be one. */
  readers: readonly string[];
  readerAccounts: readonly Account[];
  links: readonly WaveLink[];
  localities: readonly Place[];
}

/** Gathers what the page of a wave tells, and with it whether the wave may open. */
export async function gatherWaveFacts({ database, clock }: Services, wave: Wave): Promise<WaveFacts> {
  const contents = await contentsOf(database, wave);
  const definitions = contents.map(({ version }) => version.definition);
  const open = isOpenFamily(definitions);
  const schools = await createWaves(database).schools(wave.id);
  const stages = wave.bands.flatMap((band) => band.stages);
  const roll = await rollOf(database, wave);
  const texts = contents.flatMap((content) => [...content.texts.values()]);
  const schoolsWithoutRoll = schools.filter((school) => !roll.get(school.id)).map((school) => school.name);
  const stagesWithoutSurvey = stages.filter(
    (stage) => !definitions.some((definition) => definition.stages.includes(stage)),
  );
  const authority = await createAuthorities(database).find(wave.authorityId);
  const unspent = await createCodes(database).countUnspent(wave.id);
  const accounts = await createAccounts(database).list(wave.authorityId);
  return {
    wave,
    contents,
    open,
    missing: missingForOpening({
      authorityKind: authority?.kind ?? 'real',
      state: wave.state,
      reached: open ? 'open' : 'roll',
      endsOn: wave.endsOn,
      today: clock().slice(0, 10),
      schools: schools.length,
      schoolsWithoutRoll: schoolsWithoutRoll.length,
      stagesWithoutSurvey,
      draftedTexts: texts.filter((text) => text.status === 'drafted').length,
    }),
    schoolsWithoutRoll,
    stagesWithoutSurvey,
    schools,
    roll,
    unspent: new Map(unspent.map((count) => [count.schoolId, count.unspent])),
    counts: await createFieldworkCounters(database).ofWave(wave.id),
    askedTopics: askedTopics(definitions, stages),
    switchedTopics: await createWaveTopics(database).ofWave(wave.id),
    asksForText: definitions.some((definition) => definition.items.some(asksForWords)),
    readers: await createWaveReaders(database).ofWave(wave.id),
    readerAccounts: accounts.filter((account) => account.roles.includes('text-reader')),
    links: await createWaveLinks(database).ofWave(wave.id),
    localities: await createPlaces(database).localities(wave.authorityId),
  };
}

async function contentsOf(database: Services['database'], wave: Wave): Promise<AskedVersion[]> {
  const surveys = createSurveys(database);
  const versions = (await Promise.all(wave.versionIds.map((id) => surveys.find(id)))).filter(
    (version) => version !== undefined,
  );
  return Promise.all(versions.map(async (version) => ({ version, texts: await surveys.texts(version.id) })));
}

/** Pupils of the wave's stages by school: as they are now, or as they were when the wave opened. */
async function rollOf(database: Services['database'], wave: Wave): Promise<Map<string, number>> {
  const stages = wave.bands.flatMap((band) => band.stages);
  const rows =
    wave.state === 'made'
      ? await createPlaces(database).rollTotals(wave.authorityId)
      : await createWaves(database).roll(wave.id);
  const roll = new Map<string, number>();
  for (const row of rows.filter((candidate) => stages.includes(candidate.stage))) {
    roll.set(row.schoolId, (roll.get(row.schoolId) ?? 0) + row.pupils);
  }
  return roll;
}

/** The languages that every survey of a wave is there in. */
export function languagesOf(contents: readonly AskedVersion[]): LanguageCode[] {
  return LANGUAGES.map(({ code }) => code).filter((code) => contents.every(({ texts }) => texts.has(code)));
}
