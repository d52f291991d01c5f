import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../server/core/disclosure/make-release.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import { cronbachAlpha } from '../../server/core/statistics/reliability.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { encodeAnswers, layoutOf } from '../../server/core/survey/slots.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { toColumns } from '../../server/core/tally/columns.ts';
import { namedFacts } from '../../server/release/named-facts.ts';
import { sha256 } from '../../server/storage/releases.ts';

/* What is worked out from whole answers for the authority alone. */
const solver = await loadSolver();

const ITEMS = ['calm', 'proud', 'cheerful'];
const CODES = { never: 1, sometimes: 2, often: 3 } as const;
const WORDS = Object.keys(CODES);
const SURVEY: SurveyDefinition = {
  id: 'short',
  family: 'pupils',
  stages: ['P6'],
  reached: 'roll',
  items: ITEMS.map((id) => ({
    id,
    kind: 'one-choice' as const,
    tags: { domain: 'friends' as const, shanarri: [], uncrc: [] },
    optOuts: [],
    options: WORDS.map((code) => ({ code })),
  })),
  indicators: [{ id: 'is-calm', question: 'calm', anyOf: ['often'] }],
  scales: [
    {
      id: 'mood',
      items: ITEMS.map((question) => ({ question })),
      codes: CODES,
      method: 'sum',
      missing: { rule: 'all' },
      validated: false,
    },
  ],
};

interface Pupil {
  school: number;
  sex: 'female' | 'male';
  answers: number[];
}

/** Pupils of three schools whose answers go together; girls a little higher. The first school answered least. */
function pupils(count: number): Pupil[] {
  return Array.from({ length: count }, (_, number) => {
    const sex = number % 2 === 0 ? ('female' as const) : ('male' as const);
    const level = (number * 7) % 3;
    const answers = ITEMS.map((_, item) => {
      const raised = sex === 'female' && number % 5 === 0 ? 1 : 0;
      return Math.min(2, Math.max(0, level + raised - ((number + item) % 4 === 0 ? 1 : 0)));
    });
    return { school: number % 10 < 2 ? 0 : 1 + (number % 2), sex, answers };
  });
}

function inputOf(all: readonly Pupil[], roll: number[]): ReleaseInput {
  const cells = [0, 1, 2].flatMap((school) =>
    (['female', 'male'] as const).map((sex) => ({ school, band: 0, groups: { sex } })),
  );
  const rows = all.map(({ school, sex, answers }) => {
    const said = Object.fromEntries(
      ITEMS.map((id, place) => [id, { state: 'answered' as const, value: WORDS[answers[place]!]! }]),
    );
    const path = walk(SURVEY, { stage: 'P6', textAllowed: false, topics: [] }, said);
    return { cell: school * 2 + (sex === 'female' ? 0 : 1), answers: encodeAnswers(SURVEY, path, said) };
  });
  return {
    authority: { id: 'strathlorn', name: 'Strathlorn' },
    wave: { id: 'spring', name: 'Spring', startsOn: '', endsOn: '' },
    reached: 'roll',
    bands: [{ id: 'p5-p7', stages: ['P5', 'P6', 'P7'] }],
    schools: ['ash', 'birch', 'cedar'].map((code) => ({ code, agreedToBeShown: false })),
    clusters: [],
    localities: [],
    cells,
    dimensions: { sex: 'code' },
    roll,
    way: { textAllowed: false, topics: [] },
    versions: [{ id: 'version', survey: SURVEY, columns: toColumns(layoutOf(SURVEY), rows), unlinked: {} }],
  };
}

function factsOf(input: ReleaseInput) {
  return namedFacts(input, makeRelease(input, sha256, solver));
}

describe('named facts', () => {
  const all = pupils(1200);

  it('give the alpha of a scale, rounded, as it is worked out from whole answers', () => {
    const alpha = factsOf(inputOf(all, [500, 500, 500])).find(({ kind }) => kind === 'alpha');
    const exact = cronbachAlpha(all.map(({ answers }) => answers.map((place) => place + 1)));
    expect(alpha).toMatchObject({ item: 'mood', band: 'p5-p7', value: Math.round(exact.alpha * 100) / 100 });
    expect(alpha!.low).toBeLessThan(alpha!.value);
    expect(alpha!.high).toBeGreaterThan(alpha!.value);
  });

  it('say how far girls and boys lie apart, above nought where girls score higher', () => {
    const difference = factsOf(inputOf(all, [500, 500, 500])).find(({ kind }) => kind === 'difference');
    expect(difference!.value).toBeGreaterThan(0);
    expect(difference!.low).toBeLessThan(difference!.value);
  });

  it('weight an indicator to the roll: a school with many pupils and few answers counts for its pupils', () => {
    // Only pupils of the first school, of whom a third of the roll answered, are calm.
    const told = all.map((pupil) => ({ ...pupil, answers: [pupil.school === 0 ? 2 : 0, ...pupil.answers.slice(1)] }));
    const answered = [0, 1, 2].map((school) => told.filter((pupil) => pupil.school === school).length);
    const roll = [answered[0]! * 3, answered[1]!, answered[2]!];
    const weighted = factsOf(inputOf(told, roll)).find(({ kind }) => kind === 'weighted');
    const share = roll[0]! / (roll[0]! + roll[1]! + roll[2]!);
    expect(weighted).toMatchObject({ item: 'is-calm', value: Math.round(share * 100) });
    expect(Math.round((answered[0]! / all.length) * 100)).toBeLessThan(weighted!.value);
  });

  it('are made only of so many persons that their rounding hides a few of them', () => {
    expect(factsOf(inputOf(pupils(400), [150, 200, 200]))).toEqual([]);
  });
});
