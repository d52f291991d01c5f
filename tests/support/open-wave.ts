import { answerSurvey } from '../../server/commands/seed/answers.ts';
import { openBands } from '../../server/core/fieldwork/open-family.ts';
import { seededRandom } from '../../server/core/seeded-random.ts';
import type { Answers } from '../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { encodeAnswers } from '../../server/core/survey/slots.ts';
import { createSendings } from '../../server/storage/sendings.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { createWaves, type Wave } from '../../server/storage/waves.ts';
import type { House } from './house.ts';

/* A closed wave of parents: whoever came, by locality, age of the child and language. No number is a multiple of 5. */

const AT = '2026-05-01T09:00:00.000Z';

/** A question of each kind and route is enough. */
const KEPT = [
  'child-age',
  'play-place',
  'services-reach',
  'services-barriers',
  'together',
  'baby-group',
  'nursery-feel',
  'nursery-hours',
  'most-help',
];

export const LOCALITIES = [
  { code: 'north', name: 'North' },
  { code: 'south', name: 'South' },
  { code: 'moor', name: 'Moor' },
] as const;

export interface Came {
  locality: string | null;
  band: string;
  language: string;
  count: number;
  /** What all of them answered besides. */
  given?: Answers;
}

const came = (locality: string | null, band: string, language: string, count: number): Came => {
  return { locality, band: `age-${band}`, language, count };
};

/** Moor has nobody with a child of 6 to 8; some carry no locality. */
export const CAME: readonly Came[] = [
  came('north', '0-2', 'en', 61),
  came('north', '0-2', 'ar', 18),
  came('north', '3-5', 'en', 47),
  came('north', '3-5', 'ar', 13),
  came('north', '6-8', 'en', 38),
  came('north', '6-8', 'ar', 12),
  came('south', '0-2', 'en', 43),
  came('south', '0-2', 'ar', 9),
  came('south', '3-5', 'en', 52),
  came('south', '3-5', 'ar', 16),
  came('south', '6-8', 'en', 27),
  came('moor', '0-2', 'en', 8),
  came('moor', '3-5', 'en', 21),
  came(null, '0-2', 'en', 23),
  came(null, '3-5', 'en', 17),
  came(null, '3-5', 'ar', 7),
  came(null, '6-8', 'en', 14),
];

export interface OpenWave {
  wave: Wave;
  version: SurveyVersion;
}

/** Puts localities, survey and answers into a house, and marks the wave as closed. */
export async function addOpenWave(house: House, all: readonly Came[] = CAME, name = 'Parents 2026'): Promise<OpenWave> {
  const { database, secrets } = house.services;
  const { query } = database;
  const version = await publishParents(house);
  const authority_id = house.authorityId;
  await query
    .insertInto('localities')
    .values(LOCALITIES.map((locality) => ({ id: `${authority_id}-${locality.code}`, authority_id, ...locality })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const waves = createWaves(database);
  const times = { startsOn: '2026-03-01', endsOn: '2026-03-28' };
  const bands = openBands([version.definition]);
  const planned = { authorityId: authority_id, name, family: 'parents', ...times, bands, schools: [] };
  const id = await waves.make({ ...planned, versionIds: [version.id] }, null, AT);
  await waves.open(id, null, AT);
  const random = seededRandom(name);
  const sendings = createSendings(database, secrets);
  const way = { stage: null, textAllowed: false, topics: [] };
  await sendings.writeManyOpen(
    all.flatMap(({ locality, band, language, count, given: besides }) =>
      Array.from({ length: count }, () => {
        const given: Answers = { 'child-age': { state: 'answered', value: band }, ...besides };
        const person = { schoolCode: locality ?? '', clusterCode: null, sex: null, quintile: null, asn: null };
        const answers = answerSurvey(version.definition, { ...person, stage: null }, random, { ...way, given });
        const path = walk(version.definition, way, answers);
        return {
          waveId: id,
          versionId: version.id,
          localityId: locality && `${authority_id}-${locality}`,
          bandId: band,
          language,
          answers: encodeAnswers(version.definition, path, answers),
        };
      }),
    ),
  );
  await query
    .insertInto('wave_closings')
    .values({ wave_id: id, started_at: AT, started_by: null, finished_at: AT })
    .execute();
  return { wave: (await waves.find(id))!, version };
}

async function publishParents({ services }: House): Promise<SurveyVersion> {
  const content = readSurveyFolders().find(({ definition }) => definition.id === 'parents');
  if (!content) throw new Error('The survey of parents is not in surveys/: expected it there.');
  return createSurveys(services.database).publish({ ...content, definition: shortened(content.definition) }, null, AT);
}

function shortened(survey: SurveyDefinition): SurveyDefinition {
  const items = survey.items
    .filter(({ id }) => KEPT.includes(id))
    .map((item) => (item.kind === 'grid' ? { ...item, rows: item.rows.slice(0, 2) } : item))
    .map((item) => (item.kind === 'ranking' ? { ...item, options: item.options.slice(0, 3), places: 2 } : item));
  const ids = items.flatMap((item) =>
    item.kind === 'grid' ? item.rows.map(({ code }) => `${item.id}.${code}`) : item.id,
  );
  return { ...survey, items, indicators: survey.indicators.filter(({ question }) => ids.includes(question)) };
}
