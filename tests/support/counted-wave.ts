import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { cellsOfSchools, type ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { Sha256 } from '../../server/core/disclosure/release.ts';
import type { Answers } from '../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { walk, type Traveller } from '../../server/core/survey/journey.ts';
import { encodeAnswers, layoutOf, unlinkedSections } from '../../server/core/survey/slots.ts';
import type { Band, Stage } from '../../server/core/survey/stage.ts';
import { toColumns, type Columns } from '../../server/core/tally/columns.ts';
import { someAnswers } from './arbitrary-surveys.ts';

/*
 * A wave on paper: schools, their rolls, and what each person said. Everything that counts answers is
 * tried on it.
 */
export const BANDS: Band[] = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] },
  { id: 's1-s2', stages: ['S1', 'S2'] },
  { id: 's3-s6', stages: ['S3', 'S4', 'S5', 'S6'] },
];

export interface PaperSchool {
  code: string;
  agreed?: boolean;
  /** Pupils on the roll by band. */
  roll: Partial<Record<string, number>>;
}

export interface PaperWave {
  schools: readonly PaperSchool[];
  clusters: readonly { code: string; name: string; schools: string[] }[];
  surveys: readonly SurveyDefinition[];
  people: readonly Person[];
  /** Nothing is switched on unless a wave says so. */
  way?: Omit<Traveller, 'stage'>;
}

export interface Person {
  school: string;
  stage: Stage;
  answers: Answers;
  /** The survey that this person was asked; the usual one of the stage unless told. */
  survey?: string;
}

const NOTHING_ON: Omit<Traveller, 'stage'> = { textAllowed: false, topics: [] };

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

export const bandOf = (stage: Stage): number => BANDS.findIndex((band) => band.stages.includes(stage));

/** One question with two answers, asked of everybody. */
export const SMALL: SurveyDefinition = {
  id: 'small',
  family: 'pupils',
  stages: BANDS.flatMap((band) => band.stages),
  reached: 'roll',
  items: [
    {
      id: 'happy',
      kind: 'one-choice',
      tags: { domain: 'friends', shanarri: ['nurtured'], uncrc: [12] },
      optOuts: ['dont-know'],
      options: [{ code: 'yes' }, { code: 'no' }],
    },
  ],
  indicators: [{ id: 'is-happy', question: 'happy', anyOf: ['yes'] }],
};

/** A question with one answer, which somebody may not know. */
export const oneChoice = (id: string, codes: string[]) => ({
  id,
  kind: 'one-choice' as const,
  tags: { domain: 'friends' as const, shanarri: [], uncrc: [] },
  optOuts: ['dont-know' as const],
  options: codes.map((code) => ({ code })),
});

/** So many people of a school and stage with the same answers. */
export function people(count: number, school: string, stage: Stage, answers: Answers): Person[] {
  return Array.from({ length: count }, () => ({ school, stage, answers }));
}

/** So many people who said this to the one question of SMALL. */
export const saying = (count: number, school: string, stage: Stage, value: string): Person[] =>
  people(count, school, stage, { happy: { state: 'answered', value } });

/** The way of a person of a wave through a survey. */
export const wayOf = (survey: SurveyDefinition, person: Person, way = NOTHING_ON) =>
  walk(survey, { ...way, stage: person.stage }, person.answers);

/** Who was asked this survey. */
export function askedOf(survey: SurveyDefinition, people: readonly Person[]): Person[] {
  return people.filter((person) =>
    person.survey === undefined
      ? survey.stages.includes(person.stage) && !survey.easyRead
      : person.survey === survey.id,
  );
}

/** Responses as they are stored, of those who were asked a survey. */
export function columnsOf(survey: SurveyDefinition, wave: PaperWave): Columns {
  return records(survey, wave, null, ({ school, stage }) => {
    const place = wave.schools.findIndex((candidate) => candidate.code === school);
    return place * BANDS.length + bandOf(stage);
  });
}

/** The records of the unlinked sections of a survey: a band, and no school. */
export function unlinkedColumnsOf(survey: SurveyDefinition, wave: PaperWave): Record<string, Columns> {
  const sections = unlinkedSections(survey);
  return Object.fromEntries(
    sections.map((section) => [section, records(survey, wave, section, ({ stage }) => bandOf(stage))]),
  );
}

function records(
  survey: SurveyDefinition,
  { people, way }: PaperWave,
  section: string | null,
  cellOf: (person: Person) => number,
): Columns {
  const rows = askedOf(survey, people).map((person) => ({
    cell: cellOf(person),
    answers: encodeAnswers(survey, wayOf(survey, person, way), person.answers, section),
  }));
  return toColumns(layoutOf(survey, section), rows);
}

/** The wave as the release job hands it to the maker of a release. */
export function inputOf(wave: PaperWave): ReleaseInput {
  return {
    authority: { id: 'strathlorn', name: 'Strathlorn' },
    wave: { id: 'spring', name: 'Spring', startsOn: '', endsOn: '' },
    reached: 'roll',
    bands: BANDS,
    localities: [],
    cells: cellsOfSchools(wave.schools.length, BANDS.length),
    dimensions: {},
    schools: wave.schools.map(({ code, agreed }) => ({ code, agreedToBeShown: agreed ?? false })),
    clusters: wave.clusters,
    roll: wave.schools.flatMap(({ roll }) => BANDS.map((band) => roll[band.id] ?? 0)),
    way: wave.way ?? NOTHING_ON,
    versions: wave.surveys.map((survey) => ({
      id: `version-of-${survey.id}`,
      survey,
      columns: columnsOf(survey, wave),
      unlinked: unlinkedColumnsOf(survey, wave),
    })),
  };
}

/** Two primaries and a secondary in one cluster, two primaries in another one; the first primary feeds both. */
export const PLACES: Pick<PaperWave, 'schools' | 'clusters'> = {
  schools: [
    { code: 'ash', roll: { 'p5-p7': 400 } },
    { code: 'birch', roll: { 'p5-p7': 400 } },
    { code: 'cedar', roll: { 'p5-p7': 400 } },
    { code: 'dale', agreed: true, roll: { 's1-s2': 400, 's3-s6': 400 } },
  ],
  clusters: [
    { code: 'north', name: 'North', schools: ['ash', 'birch', 'dale'] },
    { code: 'south', name: 'South', schools: ['ash', 'cedar'] },
  ],
};

/** People of PLACES with answers that their survey's pages could have given. */
export function arbitraryPeople(surveys: readonly SurveyDefinition[], most: number): fc.Arbitrary<Person[]> {
  const stages = BANDS.flatMap((band) => band.stages);
  const person = fc.constantFrom(...surveys).chain((survey) =>
    fc.record({
      school: fc.constantFrom(...PLACES.schools.map((school) => school.code)),
      stage: fc.constantFrom(...survey.stages.filter((stage) => stages.includes(stage))),
      answers: someAnswers(survey),
      survey: fc.constant(survey.id),
    }),
  );
  return fc.array(person, { maxLength: most }).map((all) => all.filter(hasPlace));
}

/** Primary stages in primaries, secondary ones in the secondary. */
const hasPlace = ({ school, stage }: Person) => (school === 'dale') === stage.startsWith('S');
