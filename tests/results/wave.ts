import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { cellsOfSchools, type ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import type { Answer, Answers, AnswerValue } from '../../server/core/survey/answer.ts';
import type { Part, SurveyDefinition, SurveyItem } from '../../server/core/survey/definition.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { answerKindOf, asksForWords, partsOf } from '../../server/core/survey/kinds.ts';
import { encodeAnswers } from '../../server/core/survey/slots.ts';
import type { Band, Stage } from '../../server/core/survey/stage.ts';
import { toColumns, type CountedResponse } from '../../server/core/tally/columns.ts';
import { createReleases } from '../../server/storage/releases.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { AUTHORITY, type House } from '../support/house.ts';
import { releaseByPieces } from '../support/pieces-of-tests.ts';

const solver = await loadSolver();

/*
 * A small wave with real responses, made safe by the release maker itself. No number of answers is a
 * multiple of five, so that a count that went round protection is seen.
 */

export const BANDS: Band[] = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] },
  { id: 's1-s2', stages: ['S1', 'S2'] },
];

interface TestSchool {
  code: string;
  band: number;
  answered: number;
  roll: number;
  agreed: boolean;
  /** How many in ten of its pupils feel safe. */
  safe: number;
}

const school = (code: string, band: number, answered: number, roll: number, safe: number, agreed = true) => {
  return { code, band, answered, roll, safe, agreed } satisfies TestSchool;
};

/** Secondary `sb` did not agree to be shown, `sc` is too small; Calder has one primary, Dunmore no secondary. */
export const SCHOOLS: TestSchool[] = [
  school('pa1', 0, 33, 41, 6),
  school('pa2', 0, 26, 33, 5),
  school('shared', 0, 28, 37, 7),
  school('pb1', 0, 31, 88, 8),
  school('pc1', 0, 41, 52, 4),
  school('pd1', 0, 24, 29, 9),
  school('pd2', 0, 23, 31, 7),
  school('sa', 1, 63, 79, 6),
  school('sb', 1, 58, 71, 3, false),
  school('sc', 1, 17, 22, 5),
];

export const CLUSTERS = [
  { code: 'ald', name: 'Alder', schools: ['pa1', 'pa2', 'shared', 'sa'] },
  { code: 'bir', name: 'Birchwood', schools: ['shared', 'pb1', 'sb'] },
  { code: 'cal', name: 'Calder', schools: ['pc1', 'sc'] },
  { code: 'dun', name: '=Dunmore', schools: ['pd1', 'pd2'] },
];

/** Two years before: one primary was still with Birchwood. */
export const EARLIER_CLUSTERS = CLUSTERS.map((cluster) => {
  if (cluster.code === 'ald') return { ...cluster, schools: ['pa1', 'shared', 'sa'] };
  return cluster.code === 'bir' ? { ...cluster, schools: ['shared', 'pb1', 'pa2', 'sb'] } : cluster;
});

/** Exact counts of people that stand in these responses; none of them may ever be seen as a base. */
export const EXACT_BASES = [33, 26, 28, 31, 41, 24, 23, 63, 58, 17, 87, 59, 47, 206, 138];

/** One pupil: which school (its index) and what was said. */
export interface Pupil {
  school: number;
  answers: Answers;
}

/** Answers that differ from pupil to pupil in a fixed way. */
export function pupilsOf(surveys: readonly SurveyDefinition[], shift = 0): Pupil[] {
  return SCHOOLS.flatMap((of, index) => {
    const survey = surveyOf(surveys, of.band);
    return Array.from({ length: of.answered }, (_, number) => {
      const answers: Answers = {};
      asked(survey).forEach((part, place) => {
        answers[part.id] = answerTo(part, number + shift * place, place);
      });
      const safe = (number * 7 + shift) % 10 < of.safe;
      answers['feel-safe'] = { state: 'answered', value: safe ? 'mostly' : 'sometimes' };
      return { school: index, answers };
    });
  });
}

function answerTo(part: Part, number: number, place: number): Answer {
  if (number % 11 === 3) return { state: 'skipped' };
  if (number % 17 === 5) return { state: 'dont-know' };
  return { state: 'answered', value: valueOf(part, number * 3 + (number >> 2) + place) };
}

function valueOf(part: Part, turn: number): AnswerValue {
  if (asksForWords(part)) return 'Some words';
  const codes = answerKindOf(part).codes(part);
  const code = codes[turn % codes.length]!;
  if (part.kind === 'ranking') return [...codes, ...codes].slice(turn % codes.length).slice(0, part.places);
  if (part.kind === 'number') return part.groups.find((group) => group.code === code)!.to;
  return part.kind === 'tick-all' ? [code] : code;
}

function asked(survey: SurveyDefinition): Part[] {
  return survey.items.flatMap((item) => partsOf(item));
}

function surveyOf(surveys: readonly SurveyDefinition[], band: number): SurveyDefinition {
  const survey = surveys.find(({ stages }) => BANDS[band]!.stages.every((stage) => stages.includes(stage)));
  if (!survey) throw new Error(`No survey asks the stages of ${BANDS[band]!.id}.`);
  return survey;
}

export interface TestWave {
  id: string;
  name: string;
  startsOn: string;
  endsOn: string;
}

const SEXES = ['female', 'male'] as const;

/**
 * Makes the release of these pupils' answers.
 * @param options `localities` where places are more than clusters; `bySex` whether codes carried the sex of pupils: every other one's is the same
 */
export function releaseOf(
  versions: readonly SurveyVersion[],
  wave: TestWave,
  pupils: readonly Pupil[],
  clusters: ReleaseInput['clusters'] = CLUSTERS,
  { bySex = false, localities = [] }: { bySex?: boolean; localities?: ReleaseInput['localities'] } = {},
): Release {
  const schoolCells = cellsOfSchools(SCHOOLS.length, BANDS.length);
  const sexOf = ({ cell, ...rest }: CountedResponse, index: number) => ({
    ...rest,
    cell: cell * SEXES.length + (index % SEXES.length),
  });
  return releaseByPieces(
    {
      authority: AUTHORITY,
      wave,
      reached: 'roll',
      bands: BANDS,
      localities,
      cells: bySex ? schoolCells.flatMap((cell) => SEXES.map((sex) => ({ ...cell, groups: { sex } }))) : schoolCells,
      dimensions: bySex ? { sex: 'code' } : {},
      schools: SCHOOLS.map(({ code, agreed }) => ({ code, agreedToBeShown: agreed })),
      clusters,
      roll: SCHOOLS.flatMap(({ band, roll }) => BANDS.map((_, index) => (index === band ? roll : 0))),
      way: WAY,
      versions: versions.map(({ id, definition, layout, unlinkedLayouts }) => ({
        id,
        survey: definition,
        columns: toColumns(
          layout,
          bySex ? responsesOf(definition, pupils).map(sexOf) : responsesOf(definition, pupils),
        ),
        unlinked: Object.fromEntries(
          Object.entries(unlinkedLayouts).map(([section, own]) => [
            section,
            toColumns(own, recordsOf(definition, pupils, section)),
          ]),
        ),
      })),
    },
    solver,
  );
}

/** Puts the answers themselves into the table of responses, in the place of whatever a wave had there. */
export async function storeResponses(
  house: House,
  versions: readonly SurveyVersion[],
  wave: TestWave,
  pupils: readonly Pupil[],
): Promise<void> {
  const { query } = house.services.database;
  await query.deleteFrom('responses').where('wave_id', '=', wave.id).execute();
  for (const { code } of SCHOOLS) {
    const sector = code.startsWith('s') && code !== 'shared' ? 'secondary' : 'primary';
    const row = { id: code, authority_id: AUTHORITY.id, locality_id: null, code, name: code, sector } as const;
    await query
      .insertInto('schools')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const rows = versions.flatMap(({ id: version_id, definition }) =>
    responsesOf(definition, pupils).map(({ cell, answers }, index) => ({
      id: `${wave.id}-${version_id}-${index}`,
      wave_id: wave.id,
      version_id,
      school_id: SCHOOLS[Math.floor(cell / BANDS.length)]!.code,
      band_id: BANDS[cell % BANDS.length]!.id,
      sex: null,
      quintile: null,
      asn: null,
      language: 'en',
      answers,
    })),
  );
  await query.insertInto('responses').values(rows).execute();
}

/** Somebody reads what is written, so that questions in words are asked. */
const WAY = { textAllowed: true, topics: [] };
/** A stage of each band. */
const STAGE_OF: Stage[] = ['P6', 'S2'];

function responsesOf(survey: SurveyDefinition, pupils: readonly Pupil[]): CountedResponse[] {
  const schools = askedBy(survey, pupils).map(({ school }) => school);
  return recordsOf(survey, pupils, null).map(({ answers, cell }, index) => {
    return { answers, cell: schools[index]! * BANDS.length + cell };
  });
}

/** The records of a section (the response itself is null), each with its band. */
function recordsOf(survey: SurveyDefinition, pupils: readonly Pupil[], section: string | null): CountedResponse[] {
  return askedBy(survey, pupils).map(({ school, answers }) => {
    const { band } = SCHOOLS[school]!;
    const path = walk(survey, { ...WAY, stage: STAGE_OF[band]! }, answers);
    return { cell: band, answers: encodeAnswers(survey, path, answers, section) };
  });
}

function askedBy(survey: SurveyDefinition, pupils: readonly Pupil[]): Pupil[] {
  const asks = BANDS.map((band) => band.stages.every((stage) => survey.stages.includes(stage)));
  return pupils.filter((pupil) => asks[SCHOOLS[pupil.school]!.band]);
}

/** A question of every kind is enough: a crawl over all of them would take minutes. */
const KEPT = [
  'feel-safe',
  'club',
  'talk-to',
  'things-going',
  'school-life',
  'place-better',
  'evenings-friends',
  'turn-down',
  'one-thing-better',
];

/** What is worked out of several answers stays where all of its questions do. */
function shortened(
  { poorOutcomes = [], scales = [], ...survey }: SurveyDefinition,
  wanted: readonly string[],
): SurveyDefinition {
  const items = survey.items.filter(({ id }) => wanted.includes(id)).map(fewer);
  const kept = items.flatMap((item) => partsOf(item)).map(({ id }) => id);
  const indicators = survey.indicators.filter(({ question }) => kept.includes(question));
  const hasOutcomes = poorOutcomes.length > 0 && poorOutcomes.every((own) => indicators.some(({ id }) => id === own));
  return {
    ...survey,
    items,
    indicators,
    ...(hasOutcomes && { poorOutcomes }),
    scales: scales.filter((scale) => scale.items.every(({ question }) => kept.includes(question))),
  };
}

function fewer(item: SurveyItem): SurveyItem {
  if (item.kind === 'grid') return { ...item, rows: item.rows.slice(0, 2) };
  return item.kind === 'ranking' ? { ...item, options: item.options.slice(0, 3), places: 2 } : item;
}

export async function publishSurveys(house: House, wanted: readonly string[] = KEPT): Promise<SurveyVersion[]> {
  const surveys = createSurveys(house.services.database);
  const published: SurveyVersion[] = [];
  for (const content of readSurveyFolders()) {
    if (!['primary', 'secondary'].includes(content.definition.id)) continue;
    published.push(
      await surveys.publish({ ...content, definition: shortened(content.definition, wanted) }, null, '2024-01-01'),
    );
  }
  return published;
}

export async function addWave(
  house: House,
  name: string,
  startsOn: string,
  authorityId = AUTHORITY.id,
  family = 'pupils',
): Promise<TestWave> {
  const endsOn = `${startsOn.slice(0, 8)}28`;
  const wave = { authorityId, name, family, startsOn, endsOn, bands: BANDS, versionIds: [], schools: [] };
  return {
    id: await createWaves(house.services.database).make(wave, null, '2026-01-01T00:00:00.000Z'),
    name,
    startsOn,
    endsOn,
  };
}

/** Stores a release and, unless told otherwise, approves it. @returns its id */
export async function addRelease(house: House, wave: TestWave, release: Release, approve = true): Promise<string> {
  const releases = createReleases(house.services.database);
  const id = await releases.add(wave.id, release, null, '2026-05-02T09:00:00.000Z');
  if (approve) await releases.approve(id, null, '2026-05-03T09:00:00.000Z');
  return id;
}
