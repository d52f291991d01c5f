import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import type { Membership } from '../../server/core/disclosure/lattice.ts';
import { makeRelease } from '../../server/core/disclosure/make-release.ts';
import { cellsOfSchools } from '../../server/core/disclosure/release-input.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import { STATE_CODES } from '../../server/core/survey/answer.ts';
import type { Band } from '../../server/core/survey/stage.ts';
import { toColumns } from '../../server/core/tally/columns.ts';
import type { Database } from '../../server/storage/database.ts';
import { createReleases, sha256 } from '../../server/storage/releases.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { createWaves } from '../../server/storage/waves.ts';

const solver = await loadSolver();

/*
 * A small released wave: two clusters, each with two primaries and one secondary. In Northmuir 35 of 60
 * pupils in P5–P7 feel safe always or mostly, which is 58%. Nobody anywhere never feels safe, so that
 * answer is hidden. Northmuir's secondary agreed to be shown, Eastwell's did not.
 */
const BANDS: Band[] = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] },
  { id: 's1-s2', stages: ['S1', 'S2'] },
];
/** The surveys of the wave, younger pupils first. */
const ASKED = ['primary', 'secondary'];
const FEELS_SAFE = ['always', 'mostly', 'sometimes', 'never'];

/** Answers to "feel safe" by school, in the order of FEELS_SAFE. */
const SCHOOLS = [
  { code: 'n1', band: 0, agreed: true, answers: [10, 8, 12, 0] },
  { code: 'n2', band: 0, agreed: true, answers: [10, 7, 13, 0] },
  { code: 'e1', band: 0, agreed: true, answers: [20, 0, 10, 0] },
  { code: 'e2', band: 0, agreed: true, answers: [20, 0, 10, 0] },
  { code: 'ns', band: 1, agreed: true, answers: [10, 10, 10, 0] },
  { code: 'es', band: 1, agreed: false, answers: [15, 5, 10, 0] },
];
const ROLL = 40;

export const NORTHMUIR = 'cluster:nor';
const CLUSTERS = [
  { code: 'nor', name: 'Northmuir', schools: ['n1', 'n2', 'ns'] },
  { code: 'eas', name: 'Eastwell', schools: ['e1', 'e2', 'es'] },
];

/** What a test wants otherwise than it is above. */
interface Changed {
  /** Places besides. */
  localities?: readonly Membership[];
  /** What the two clusters are called in an authority that has its own. */
  clusters?: readonly { code: string; name: string }[];
  /** A question with one choice that is answered as "feel safe" is. */
  also?: string;
  /** When it was asked and what it is called. */
  asked?: { name: string; startsOn: string; endsOn: string };
  /** Other answers to "feel safe", by school; none at all where nobody of it answered. */
  answers?: Readonly<Record<string, readonly number[]>>;
}

export interface ReleasedWave {
  releaseId: string;
  sha256: string;
}

export async function releaseWave(
  database: Database,
  authority: { id: string; name: string },
  options: { approved?: boolean; versions?: SurveyVersion[] } & Changed = {},
): Promise<ReleasedWave> {
  const surveys = createSurveys(database);
  const at = '2026-04-01T09:00:00.000Z';
  const versions = options.versions ?? [];
  for (const content of options.versions ? [] : readSurveyFolders()) {
    if (ASKED.includes(content.definition.id)) versions.push(await surveys.publish(content, null, at));
  }
  const { name, ...dates } = options.asked ?? { name: 'Spring 2026', startsOn: '2026-03-02', endsOn: '2026-03-20' };
  const versionIds = versions.map((version) => version.id);
  const wave = { authorityId: authority.id, name, family: 'pupils', ...dates, bands: BANDS, versionIds, schools: [] };
  const waveId = await createWaves(database).make(wave, null, at);
  const release = smallRelease(authority, { id: waveId, name, ...dates }, versions, options);
  const releases = createReleases(database);
  const releaseId = await releases.add(waveId, release, null, at);
  if (options.approved ?? true) await releases.approve(releaseId, null, at);
  return { releaseId, sha256: release.sha256 };
}

/** The figures alone. */
export function smallRelease(
  authority: { id: string; name: string },
  wave: { id: string; name: string; startsOn: string; endsOn: string },
  versions: readonly Pick<SurveyVersion, 'id' | 'definition' | 'layout'>[],
  { localities = [], clusters = CLUSTERS, also = '', answers = {} }: Changed = {},
): Release {
  const roll = SCHOOLS.flatMap((school) => BANDS.map((_, band) => (band === school.band ? ROLL : 0)));
  return makeRelease(
    {
      authority,
      wave,
      reached: 'roll',
      bands: BANDS,
      localities: [...localities],
      cells: cellsOfSchools(SCHOOLS.length, BANDS.length),
      dimensions: {},
      schools: SCHOOLS.map((school) => ({ code: school.code, agreedToBeShown: school.agreed })),
      clusters: CLUSTERS.map(({ schools }, index) => ({ ...clusters[index]!, schools })),
      roll,
      way: { textAllowed: false, topics: [] },
      versions: versions
        .filter(({ definition }) => ASKED.includes(definition.id))
        .map((version) => ({
          id: version.id,
          survey: version.definition,
          columns: toColumns(version.layout, answersOf(version, also, answers)),
          unlinked: {},
        })),
    },
    sha256,
    solver,
  );
}

/** Each pupil answers "feel safe" as planned and a few other questions alike; nothing else was asked. */
function answersOf(
  { definition, layout }: Pick<SurveyVersion, 'definition' | 'layout'>,
  also: string,
  other: NonNullable<Changed['answers']>,
) {
  const band = definition.id === 'primary' ? 0 : 1;
  return SCHOOLS.flatMap((school, index) => {
    if (school.band !== band) return [];
    const cell = index * BANDS.length + band;
    return (other[school.code] ?? school.answers).flatMap((pupils, option) =>
      Array.from({ length: pupils }, () => {
        const answers = layout.map((slot) => {
          if (slot.question === 'feel-safe') return slot.codes.indexOf(FEELS_SAFE[option] ?? '');
          if (slot.question === also) return option < slot.codes.length ? option : 0;
          // Those who always feel safe tick the first, belong always and rank things to do first.
          if (slot.question === 'feel-good') return slot.part === 'friends' && option === 0 ? 1 : 0;
          if (slot.question === 'school-life.belong') return option === 0 ? 0 : 2;
          if (slot.question === 'place-better.things-to-do') return option === 0 ? 0 : slot.codes.indexOf('no-place');
          return STATE_CODES['not-asked'];
        });
        return { cell, answers: Uint8Array.from(answers) };
      }),
    );
  });
}

/** A cell of the release as a form names it. */
export function cellOf(releaseId: string, changed: Partial<Record<'node' | 'band' | 'item' | 'option', string>> = {}) {
  return { release: releaseId, node: NORTHMUIR, band: 'p5-p7', item: 'feels-safe', option: 'yes', ...changed };
}
