import type { Answers } from '../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { encodeAnswers } from '../../server/core/survey/slots.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { EVERY_KIND, wordsFor } from '../support/arbitrary-surveys.ts';
import type { House } from '../support/house.ts';

/* A closed wave over a usual and an easy-read survey, with records without schools: everything a release is made from. */

export const AT = '2026-05-01T09:00:00.000Z';
const BANDS = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] as Stage[] },
  { id: 's3-s4', stages: ['S3', 'S4'] as Stage[] },
];
const SCHOOLS = [
  { code: 'ash', sector: 'primary', stage: 'P6' },
  { code: 'birch', sector: 'primary', stage: 'P6' },
  { code: 'dale', sector: 'secondary', stage: 'S4' },
  { code: 'elm', sector: 'secondary', stage: 'S4' },
] as const;
/** Every kind of question, and gender as pupils describe it. */
export const WITH_GENDER: SurveyDefinition = {
  ...EVERY_KIND,
  items: [
    {
      id: 'gender',
      kind: 'one-choice',
      tags: { domain: 'about-you', shanarri: [], uncrc: [] },
      optOuts: ['prefer-not-to-say'],
      options: [{ code: 'girl' }, { code: 'boy' }, { code: 'in-another-way' }],
    },
    ...EVERY_KIND.items,
  ],
};
const EASY: SurveyDefinition = { ...EVERY_KIND, id: 'easy', easyRead: true };
const way = { textAllowed: false, topics: [] };

export interface AnsweredWave {
  house: House;
  waveId: string;
  versions: Record<'usual' | 'easy', string>;
  /** What most were asked. */
  usual: SurveyDefinition;
}

const said = (value: string | number | string[]) => ({ state: 'answered' as const, value });

/** Writes so many responses of a school, and their records of the section without schools. */
async function answer(
  { house, waveId, versions, usual }: AnsweredWave,
  count: number,
  school: number,
  survey: 'usual' | 'easy',
  answers: Answers,
): Promise<void> {
  const { query } = house.services.database;
  const definition = survey === 'easy' ? EASY : usual;
  const { code, stage } = SCHOOLS[school]!;
  const path = walk(definition, { ...way, stage }, answers);
  const own = { wave_id: waveId, version_id: versions[survey], band_id: stage === 'P6' ? 'p5-p7' : 's3-s4' };
  const rest = { sex: null, quintile: null };
  for (let number = 0; number < count; number += 1) {
    const id = `${code}-${survey}-${number}-${JSON.stringify(answers).length}`;
    const response = { ...own, ...rest, id, school_id: code, asn: null, language: 'en' };
    await query
      .insertInto('responses')
      .values({ ...response, answers: encodeAnswers(definition, path, answers) })
      .execute();
    await query
      .insertInto('unlinked_records')
      .values({ ...own, ...rest, id, section: 'private', answers: encodeAnswers(definition, path, answers, 'private') })
      .execute();
  }
}

async function addSchools(house: House): Promise<void> {
  const { query } = house.services.database;
  const authority_id = house.authorityId;
  for (const { code, sector, stage } of SCHOOLS) {
    await query
      .insertInto('schools')
      .values({ id: code, authority_id, locality_id: null, code, name: code, sector })
      .execute();
    const roll = { counted_on: '2026-01-10', stage, class: `${stage}A`, sex: null, quintile: null, asn: null };
    await query
      .insertInto('roll_counts')
      .values({ ...roll, id: `${code}-roll`, school_id: code, pupils: 60 })
      .execute();
  }
}

/** Puts the wave into a house, and closes it. */
export async function addAnsweredWave(house: House, usual = EVERY_KIND): Promise<AnsweredWave> {
  const { database } = house.services;
  const surveys = createSurveys(database);
  const publish = async (definition: SurveyDefinition) =>
    (await surveys.publish({ definition, texts: [wordsFor(definition, 'en')] }, null, AT)).id;
  const versions = { usual: await publish(usual), easy: await publish(EASY) };
  await addSchools(house);
  const waves = createWaves(database);
  const waveId = await waves.make(
    {
      authorityId: house.authorityId,
      name: 'Spring',
      family: 'pupils',
      startsOn: '2026-05-01',
      endsOn: '2026-05-29',
      bands: BANDS,
      versionIds: Object.values(versions),
      schools: SCHOOLS.map(({ code }) => ({ id: code, agreedToBeShown: false })),
    },
    null,
    AT,
  );
  await waves.open(waveId, null, AT);
  const wave = { house, waveId, versions, usual };
  await answer(wave, 23, 0, 'usual', {
    gender: said('girl'),
    mood: said('good'),
    'school.lessons': said('often'),
    minutes: said(900),
  });
  await answer(wave, 18, 1, 'usual', {
    gender: said('boy'),
    mood: said('bad'),
    'school.lessons': said('never'),
    minutes: said(7),
  });
  await answer(wave, 9, 1, 'easy', { mood: said('good'), 'school.lessons': said('often'), minutes: said(0) });
  await answer(wave, 31, 2, 'usual', { mood: said('good'), alone: said('yes') });
  await answer(wave, 27, 3, 'usual', { mood: said('bad'), alone: said('no') });
  await answer(wave, 8, 3, 'easy', { mood: said('bad'), alone: said('no') });
  await closed(house, waveId);
  return wave;
}

/** Marks a wave as closed. */
export async function closed(house: House, waveId: string): Promise<void> {
  await house.services.database.query
    .insertInto('wave_closings')
    .values({ wave_id: waveId, started_at: AT, started_by: null, finished_at: AT })
    .execute();
}
