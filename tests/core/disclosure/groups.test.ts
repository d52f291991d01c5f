import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import type { ReleaseInput } from '../../../server/core/disclosure/release-input.ts';
import type { Dimension } from '../../../server/core/disclosure/units.ts';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { encodeAnswers, layoutOf } from '../../../server/core/survey/slots.ts';
import { toColumns } from '../../../server/core/tally/columns.ts';
import { sha256 } from '../../support/counted-wave.ts';

/* What groups of children could give away beside their figures. */
const solver = await loadSolver();

const question = (id: string, codes: string[]) => ({
  id,
  kind: 'one-choice' as const,
  tags: { domain: 'about-you' as const, shanarri: [], uncrc: [] },
  optOuts: ['prefer-not-to-say' as const],
  options: codes.map((code) => ({ code })),
});
const SURVEY: SurveyDefinition = {
  id: 'short',
  family: 'pupils',
  stages: ['P6'],
  reached: 'roll',
  items: [question('gender', ['girl', 'boy', 'other']), question('happy', ['yes', 'no'])],
  indicators: [],
};
const way = { textAllowed: false, topics: [] };

interface Pupil {
  school: number;
  group: string;
  gender: string;
  /** What is said to the second question, which is not reached with null; every third says yes unless told. */
  happy?: 'yes' | 'no' | null;
}

function pupils(count: number, schools: [number, number], group: string, gender = group): Pupil[] {
  return Array.from({ length: count }, (_, number) => ({ school: schools[number % 2]!, group, gender }));
}

/** Two schools in North, two in South; groups by one dimension. */
function released(dimension: Dimension, all: readonly Pupil[]) {
  const keys = [...new Set(all.map(({ school, group }) => `${school} ${group}`))].toSorted();
  const answered = keys.map((key) => {
    const [school, group] = key.split(' ');
    return { school: Number(school), band: 0, groups: { [dimension]: group! } };
  });
  // As they are gathered: each school has a cell besides that nobody is in.
  const cells = [...answered, ...[0, 1, 2, 3].map((school) => ({ school, band: 0, groups: {} }))];
  const rows = all.map(({ school, group, gender, happy }, number) => {
    const saidThen = happy === undefined ? (number % 3 === 0 ? 'yes' : 'no') : happy;
    const said: Answers = {
      gender: gender === 'not-held' ? { state: 'prefer-not-to-say' } : { state: 'answered' as const, value: gender },
      ...(saidThen !== null && { happy: { state: 'answered' as const, value: saidThen } }),
    };
    const path = walk(SURVEY, { ...way, stage: 'P6' }, said);
    return { cell: keys.indexOf(`${school} ${group}`), answers: encodeAnswers(SURVEY, path, said) };
  });
  const input: ReleaseInput = {
    authority: { id: 'strathlorn', name: 'Strathlorn' },
    wave: { id: 'spring', name: 'Spring', startsOn: '', endsOn: '' },
    reached: 'roll',
    bands: [{ id: 'p5-p7', stages: ['P6'] }],
    schools: ['ash', 'birch', 'cedar', 'dale'].map((code) => ({ code, agreedToBeShown: false })),
    clusters: [
      { code: 'north', name: 'North', schools: ['ash', 'birch'] },
      { code: 'south', name: 'South', schools: ['cedar', 'dale'] },
    ],
    localities: [],
    cells,
    dimensions: { [dimension]: 'asked' },
    roll: [90, 90, 90, 90],
    way,
    versions: [{ id: 'version', survey: SURVEY, columns: toColumns(layoutOf(SURVEY), rows), unlinked: {} }],
  };
  return makeRelease(input, sha256, solver);
}

const NORTH: [number, number] = [0, 1];
const SOUTH: [number, number] = [2, 3];

describe('groups of a release', () => {
  it('are the same for places alike, so that no row tells whether anybody is in it', () => {
    const made = released('gender', [
      ...pupils(60, NORTH, 'girl'),
      ...pupils(55, NORTH, 'boy'),
      ...pupils(62, SOUTH, 'girl'),
      ...pupils(50, SOUTH, 'boy'),
      ...pupils(2, SOUTH, 'other'),
    ]);
    expect(made.groups('cluster:north', 'p5-p7')).toEqual(made.groups('cluster:south', 'p5-p7'));
    const of = (node: string) => ({ ...made.table(node, 'p5-p7', 'happy', 'gender=other'), node: '' });
    expect(of('cluster:south').base).toBeNull();
    expect(of('cluster:north')).toEqual(of('cluster:south'));
  });

  it('by gender leave no question about gender beside them: its answers are the rows of the groups', () => {
    const all = [...pupils(47, NORTH, 'girl'), ...pupils(42, NORTH, 'boy'), ...pupils(22, NORTH, 'other')];
    expect(released('gender', all).item('gender')).toBeUndefined();
    expect(released('gender', all).item('happy')).toBeDefined();
  });

  it('by sex never say how pupils of one sex describe their gender', () => {
    const made = released('sex', [
      ...pupils(70, NORTH, 'female', 'girl'),
      ...pupils(60, NORTH, 'male', 'boy'),
      ...pupils(12, NORTH, 'female', 'other'),
    ]);
    expect(made.cell('authority', 'p5-p7', 'gender', 'girl')).toBeDefined();
    for (const group of ['sex=female', 'sex=male']) {
      expect(made.table('authority', 'p5-p7', 'happy', group)?.base, group).not.toBeNull();
      expect(made.table('authority', 'p5-p7', 'gender', group)?.base, group).toBeNull();
    }
  });

  it('have the same rows at every question: whoever stopped before one is counted with those who left it blank', () => {
    const all = [...pupils(48, NORTH, '1', 'girl'), ...pupils(42, NORTH, '2', 'boy'), ...pupils(33, SOUTH, '3', 'boy')];
    const made = released(
      'quintile',
      all.map((pupil, number) => (number % 4 === 0 ? { ...pupil, happy: null } : pupil)),
    );
    const rows = (item: string) =>
      made.groups('authority', 'p5-p7').map((group) => made.table('authority', 'p5-p7', item, group)?.base);
    expect(rows('happy')).toEqual([125, 50, 40, 35]);
    expect(rows('gender')).toEqual(rows('happy'));
    expect(made.table('authority', 'p5-p7', 'happy')?.states.skipped).toBe(30);
  });

  it('never add up to everybody so narrowly that one number is left, whatever schools nobody answered in', () => {
    // 77, 67, 7 and 12 are shown as 75, 65, 5 and 10, and their 163 as 165: only the largest of each gives so many.
    const saying = (yes: number, no: number, group: string): Pupil[] => [
      ...pupils(yes, NORTH, group).map((pupil) => ({ ...pupil, happy: 'yes' as const })),
      ...pupils(no, NORTH, group).map((pupil) => ({ ...pupil, happy: 'no' as const })),
    ];
    const made = released('gender', [
      ...saying(77, 80, 'girl'),
      ...saying(67, 70, 'boy'),
      ...saying(7, 12, 'other'),
      ...saying(12, 16, 'not-held'),
    ]);
    const groups = made.groups('authority', 'p5-p7');
    expect(groups).toHaveLength(5);
    const yes = groups.map((group) => made.cell('authority', 'p5-p7', 'happy', 'yes', group)?.count);
    expect(yes[0]).toBe(165);
    expect(yes).toContain(undefined);
  });
});
