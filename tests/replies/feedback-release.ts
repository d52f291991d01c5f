import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../server/core/disclosure/make-release.ts';
import { cellsOfSchools } from '../../server/core/disclosure/release-input.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import { STATE_CODES } from '../../server/core/survey/answer.ts';
import type { Band } from '../../server/core/survey/stage.ts';
import { toColumns } from '../../server/core/tally/columns.ts';
import { sha256 } from '../../server/storage/releases.ts';
import type { SurveyVersion } from '../../server/storage/surveys.ts';

const solver = await loadSolver();

/*
 * What pupils said of a reply, small: the schools of tests/replies/released.ts. At Northmuir's primaries 35 of 60 say
 * that it is what they meant, which is 58%; nobody there says that they feel listened to, which is hidden.
 * Northmuir's secondary, which agreed to be shown to planners, has 20 of 30 who meant it.
 */
export const FEEDBACK_BANDS: Band[] = [
  { id: 'p5-p7', stages: ['P5', 'P6', 'P7'] },
  { id: 's1-s2', stages: ['S1', 'S2'] },
];

interface School {
  code: string;
  band: number;
  agreed: boolean;
  /** How many of 30 say yes. */
  meant: number;
  listened: number;
}
const SCHOOLS: School[] = [
  { code: 'n1', band: 0, agreed: true, meant: 20, listened: 0 },
  { code: 'n2', band: 0, agreed: true, meant: 15, listened: 0 },
  { code: 'e1', band: 0, agreed: true, meant: 12, listened: 15 },
  { code: 'e2', band: 0, agreed: true, meant: 12, listened: 15 },
  { code: 'ns', band: 1, agreed: true, meant: 20, listened: 15 },
  { code: 'es', band: 1, agreed: false, meant: 10, listened: 15 },
];
const PUPILS = 30;
const ROLL = 40;

export function feedbackRelease(
  authority: { id: string; name: string },
  wave: { id: string; name: string; startsOn: string; endsOn: string },
  version: Pick<SurveyVersion, 'id' | 'definition' | 'layout'>,
  /** Schools that are asked. */
  codes: readonly string[] = SCHOOLS.map(({ code }) => code),
  localities: readonly { code: string; name: string; schools: string[] }[] = [],
): Release {
  const schools = SCHOOLS.filter(({ code }) => codes.includes(code));
  const answers = schools.flatMap((school, index) =>
    Array.from({ length: PUPILS }, (_, pupil) => ({
      cell: index * FEEDBACK_BANDS.length + school.band,
      answers: Uint8Array.from(
        version.layout.map((slot) => {
          if (slot.question === 'reply-meant') return slot.codes.indexOf(pupil < school.meant ? 'yes' : 'no');
          if (slot.question === 'listened-to') return slot.codes.indexOf(pupil < school.listened ? 'yes' : 'no');
          return STATE_CODES['not-asked'];
        }),
      ),
    })),
  );
  const members = (first: string) => schools.map(({ code }) => code).filter((code) => code.startsWith(first));
  return makeRelease(
    {
      authority,
      wave,
      reached: 'roll',
      bands: FEEDBACK_BANDS,
      localities: [...localities],
      cells: cellsOfSchools(schools.length, FEEDBACK_BANDS.length),
      dimensions: {},
      schools: schools.map((school) => ({ code: school.code, agreedToBeShown: school.agreed })),
      clusters: [
        { code: 'nor', name: 'Northmuir', schools: members('n') },
        { code: 'eas', name: 'Eastwell', schools: members('e') },
      ].filter(({ schools: own }) => own.length > 0),
      roll: schools.flatMap((school) => FEEDBACK_BANDS.map((_, band) => (band === school.band ? ROLL : 0))),
      way: { textAllowed: false, topics: [] },
      versions: [
        { id: version.id, survey: version.definition, columns: toColumns(version.layout, answers), unlinked: {} },
      ],
    },
    sha256,
    solver,
  );
}
