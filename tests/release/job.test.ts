import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import type { Answers } from '../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { encodeAnswers } from '../../server/core/survey/slots.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import { runReleaseJob } from '../../server/release/job.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { EVERY_KIND, wordsFor } from '../support/arbitrary-surveys.ts';
import { openHouse, type House } from '../support/house.ts';

/* The release job over a real database: a usual and an easy-read survey, and records without schools. */

const AT = '2026-05-01T09:00:00.000Z';
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
const EASY: SurveyDefinition = { ...EVERY_KIND, id: 'easy', easyRead: true };
const way = { textAllowed: false, topics: [] };

let house: House;
let versions: Record<'usual' | 'easy', string>;
let waveId: string;
let release: Release;

const said = (value: string | number | string[]) => ({ state: 'answered' as const, value });

/** Writes so many responses of a school, and their records of the section without schools. */
async function answer(count: number, school: number, survey: 'usual' | 'easy', answers: Answers): Promise<void> {
  const { query } = house.services.database;
  const definition = survey === 'easy' ? EASY : EVERY_KIND;
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

async function addSchools(): Promise<void> {
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

beforeAll(async () => {
  house = await openHouse();
  const { database } = house.services;
  const surveys = createSurveys(database);
  const publish = async (definition: SurveyDefinition) =>
    (await surveys.publish({ definition, texts: [wordsFor(definition, 'en')] }, null, AT)).id;
  versions = { usual: await publish(EVERY_KIND), easy: await publish(EASY) };
  await addSchools();
  const waves = createWaves(database);
  waveId = await waves.make(
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
  await answer(23, 0, 'usual', { mood: said('good'), 'school.lessons': said('often'), minutes: said(900) });
  await answer(18, 1, 'usual', { mood: said('bad'), 'school.lessons': said('never'), minutes: said(7) });
  await answer(9, 1, 'easy', { mood: said('good'), 'school.lessons': said('often'), minutes: said(0) });
  await answer(31, 2, 'usual', { mood: said('good'), alone: said('yes') });
  await answer(27, 3, 'usual', { mood: said('bad'), alone: said('no') });
  await answer(8, 3, 'easy', { mood: said('bad'), alone: said('no') });
  release = await runReleaseJob(database, (await waves.find(waveId))!);
});
afterAll(() => house.close());

describe('the release job', () => {
  const table = (item: string, band: string) => release.table('authority', band, item);

  it('counts the responses of all surveys of the wave together, rows and numbers among them', () => {
    expect(release.rate('authority', 'p5-p7')?.responses).toBe(50);
    expect(table('mood', 'p5-p7')).toMatchObject({ base: 50, counts: { good: 30, bad: 20 } });
    expect(table('school.lessons', 'p5-p7')).toMatchObject({ base: 50, counts: { often: 30, never: 20 } });
    expect(table('minutes', 'p5-p7')).toMatchObject({ counts: { none: 10, some: 20, many: 25 } });
  });

  it('leaves the words of every band to the usual survey', () => {
    const words = new Set(release.items.flatMap((item) => Object.values(item.versions)));
    expect([...words]).toEqual([versions.usual]);
  });

  it('counts the records of a section without schools, by band, for the authority', () => {
    expect(table('alone', 's3-s4')).toMatchObject({ base: 65, counts: { yes: 30, no: 35 } });
    expect(release.item('alone')).toMatchObject({ unlinked: true });
  });

  it('leaves out what this wave had off', () => {
    for (const id of ['drink', 'drinks', 'few-words', 'many-words']) expect(release.item(id)).toBeUndefined();
  });

  it('is the same when it is made again', async () => {
    const { database } = house.services;
    const again = await runReleaseJob(database, (await createWaves(database).find(waveId))!);
    expect(again.sha256).toBe(release.sha256);
  });
});

describe('a wave that is open to whoever comes', () => {
  it('has no release to make: nobody is on a roll', async () => {
    const { database } = house.services;
    const waves = createWaves(database);
    const wave = { authorityId: house.authorityId, family: 'parents', startsOn: '2026-05-01', endsOn: '2026-05-29' };
    const bands = [{ id: 'age-0-2', stages: [] }];
    const id = await waves.make({ ...wave, name: 'Parents 2026', bands, versionIds: [], schools: [] }, null, AT);
    await waves.open(id, null, AT);
    await database.query
      .insertInto('wave_closings')
      .values({ wave_id: id, started_at: AT, started_by: null, finished_at: AT })
      .execute();
    expect((await waves.find(id))?.state).toBe('closed');
    const headers = await house.as('analyst');
    const list = await house.app.inject({ url: '/release', headers });
    expect(list.statusCode).toBe(200);
    expect(list.body).not.toContain('Parents 2026');
    const made = await house.app.inject({
      method: 'POST',
      url: '/release/releases',
      payload: `wave=${id}`,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(made.statusCode).toBe(409);
  });
});
