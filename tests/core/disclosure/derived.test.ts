import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_OPENED, countedBy } from '../../../server/core/disclosure/counting.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease, planRelease } from '../../../server/core/disclosure/make-release.ts';
import { protect } from '../../../server/core/disclosure/protection.ts';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { inputOf, people, PLACES, sha256, type Person, oneChoice } from '../../support/counted-wave.ts';

/* How many poor outcomes come together, and sums of scores: what a release says of them. */
const solver = await loadSolver();

const OUTCOMES = ['safe', 'happy', 'rested', 'heard'];
const ITEMS = ['calm', 'proud', 'low'];

const QUESTIONS: SurveyDefinition = {
  id: 'short',
  family: 'pupils',
  stages: ['P5', 'P6', 'P7', 'S1', 'S2'],
  reached: 'roll',
  items: [
    ...OUTCOMES.map((id) => oneChoice(id, ['yes', 'no'])),
    ...ITEMS.map((id) => oneChoice(id, ['often', 'sometimes', 'never'])),
  ],
  indicators: OUTCOMES.map((id) => ({ id: `is-${id}`, question: id, anyOf: ['yes'] })),
};
const WITH_OUTCOMES: SurveyDefinition = { ...QUESTIONS, poorOutcomes: OUTCOMES.map((id) => `is-${id}`) };
const SURVEY: SurveyDefinition = {
  ...WITH_OUTCOMES,
  scales: [
    {
      id: 'mood',
      items: [{ question: 'calm' }, { question: 'proud' }, { question: 'low', reverse: true }],
      codes: { often: 3, sometimes: 2, never: 1 },
      method: 'sum',
      missing: { rule: 'prorate', least: 2 },
      validated: false,
    },
  ],
};

const said = (value: string | undefined) =>
  value === undefined ? ({ state: 'skipped' } as const) : ({ state: 'answered', value } as const);

/** Somebody with so many poor outcomes, and these answers to the items of the scale. */
function pupil(poor: number | 'left-blank', mood: (string | undefined)[] = ['often', 'often', 'never']): Answers {
  const outcomes = OUTCOMES.map((id, place) => {
    if (poor === 'left-blank') return [id, said(place === 1 ? undefined : 'no')] as const;
    return [id, said(place < poor ? 'no' : 'yes')] as const;
  });
  return Object.fromEntries([...outcomes, ...ITEMS.map((id, place) => [id, said(mood[place])] as const)]);
}

const SCHOOLS = ['ash', 'birch', 'cedar'];
/** Rolls that few answers are enough of. */
const FULL = PLACES.schools.map((school) => ({ ...school, roll: { 'p5-p7': 60 } }));
const spread = (count: number, answers: Answers): Person[] =>
  SCHOOLS.flatMap((school) => people(count, school, 'P6', answers));

const release = (persons: readonly Person[]) =>
  makeRelease(inputOf({ ...PLACES, surveys: [SURVEY], people: persons }), sha256, solver);

describe('several poor outcomes', () => {
  const made = release([
    ...spread(71, pupil(0)),
    ...spread(33, pupil(1)),
    ...spread(22, pupil(2)),
    ...spread(11, pupil(3)),
    ...spread(6, pupil(4)),
    ...spread(7, pupil('left-blank')),
  ]);

  it('are counted by person: none, one, two, three or more, and whoever left a question blank', () => {
    expect(made.table('authority', 'p5-p7', 'several-outcomes')).toMatchObject({
      base: protect(450),
      counts: {
        none: protect(213),
        one: protect(99),
        two: protect(66),
        'three-or-more': protect(51),
        'not-all-answered': protect(21),
      },
    });
  });

  it('are shown for the authority, and never for a cluster or what it leaves', () => {
    for (const node of ['cluster:north', 'cluster:south', 'rest:cluster:north']) {
      expect(made.table(node, 'p5-p7', 'several-outcomes')?.base ?? null).toBeNull();
    }
  });
});

describe('a scale', () => {
  const high = ['often', 'often', 'never']; // 9 points
  const low = ['never', 'never', 'often']; // 3 points
  const made = release([
    ...spread(121, pupil(0, high)),
    ...spread(32, pupil(0, low)),
    // Two of three answers are enough: 3 and 2 carried on to three items is 7.5, rounded up to 8.
    ...spread(9, pupil(0, ['often', 'sometimes', undefined])),
    ...spread(4, pupil(0, ['often', undefined, undefined])),
  ]);

  it('shows how many have a score, and their points above the lowest score, protected', () => {
    const points = 121 * 6 + 9 * 5;
    expect(made.table('authority', 'p5-p7', 'mood')).toMatchObject({
      base: protect(3 * 162),
      points: protect(3 * points),
      counts: {},
    });
    expect(made.table('cluster:north', 'p5-p7', 'mood')).toMatchObject({
      base: protect(2 * 162),
      points: protect(2 * points),
    });
  });

  it('shows nothing of points where those with a score are too few', () => {
    const few = release([...people(200, 'ash', 'P6', pupil(0, [])), ...people(8, 'birch', 'P6', pupil(0))]);
    expect(few.table('authority', 'p5-p7', 'mood')).toMatchObject({ base: null, points: null });
  });

  it('is attacked with those asked, and no number of points can be worked out', () => {
    const answer = fc.constantFrom('often', 'sometimes', 'never', undefined);
    const persons = fc.array(
      fc.record({
        school: fc.constantFrom(...SCHOOLS),
        stage: fc.constant('P6' as const),
        answers: fc.tuple(answer, answer, answer).map((mood) => pupil(0, mood)),
      }),
      { minLength: 60, maxLength: 160 },
    );
    let shown = 0;
    fc.assert(
      fc.property(persons, (all) => {
        const work = planRelease(inputOf({ ...PLACES, schools: FULL, surveys: [SURVEY], people: all }));
        const done = new Map();
        for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
        const { variables } = work.audit(done, work.seal(done, sha256));
        const mood = variables.find(({ variable }) => variable === 'mood')!;
        expect(mood.targets).toBeGreaterThan(0);
        shown += mood.shownByRule - mood.withheld;
        expect(mood.narrowest).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 25 },
    );
    expect(shown).toBeGreaterThan(40);
  });
});

describe('a correction of what is worked out from answers', () => {
  // An easy-read version asks the same questions and works nothing out of them: so nothing else was asked of the same.
  const easyRead: SurveyDefinition = { ...QUESTIONS, id: 'easy', easyRead: true };
  const schools = [...SCHOOLS, 'elm'].map((code) => ({ code, roll: { 'p5-p7': 180 } }));
  const clusters = [
    { code: 'north', name: 'North', schools: ['ash', 'birch'] },
    { code: 'south', name: 'South', schools: ['cedar', 'elm'] },
  ];
  const of = (count: number, answers: Answers, survey: string) =>
    schools.flatMap(({ code }) => people(count, code, 'P6', answers).map((person) => ({ ...person, survey })));
  const inputWith = (survey: SurveyDefinition) =>
    inputOf({
      schools,
      clusters,
      surveys: [survey, easyRead],
      people: [
        ...of(41, pupil(0), 'short'),
        ...of(23, pupil(1, ['never', 'sometimes', 'often']), 'short'),
        ...of(19, pupil(3, []), 'short'),
        ...of(17, pupil(2), 'easy'),
      ],
    });
  const corrected = (input: ReturnType<typeof inputWith>) => {
    const old = makeRelease(input, sha256, solver);
    const next = countedBy(input, { ...AS_OPENED, leftOut: [{ school: 'elm', bands: ['p5-p7'] }] });
    return { old, corrected: makeRelease(next, sha256, solver, [{ input, text: old.text, sha256: old.sha256 }]) };
  };

  it('does not take those with a score for those asked', () => {
    const { old, corrected: made } = corrected(inputWith(SURVEY));
    expect(old.table('cluster:north', 'p5-p7', 'mood')!.base).toBe(protect(2 * 64));
    expect(old.table('authority', 'p5-p7', 'several-outcomes')!.base).toBe(protect(4 * 83));
    expect(made.table('authority', 'p5-p7', 'mood')).toMatchObject({ base: null, points: null });
    expect(made.table('authority', 'p5-p7', 'several-outcomes')!.base).toBe(protect(3 * 83));
  });

  it('knows what is shown in large places only, and keeps it to these', () => {
    const { corrected: made } = corrected(inputWith(WITH_OUTCOMES));
    expect(made.table('authority', 'p5-p7', 'several-outcomes')!.base).toBe(protect(3 * 83));
    expect(made.table('cluster:north', 'p5-p7', 'several-outcomes')!.base).toBeNull();
  });
});
