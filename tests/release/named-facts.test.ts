import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../server/core/disclosure/make-release.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import { cronbachAlpha } from '../../server/core/statistics/reliability.ts';
import type { SurveyDefinition } from '../../server/core/survey/definition.ts';
import { encodeAnswers, layoutOf } from '../../server/core/survey/slots.ts';
import { walk } from '../../server/core/survey/journey.ts';
import { toColumns } from '../../server/core/tally/columns.ts';
import { alikeRounded, namedFacts } from '../../server/release/named-facts.ts';
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
  const cells = roll.flatMap((_, school) =>
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
    schools: roll.map((_, school) => ({ code: `school-${school}`, agreedToBeShown: false })),
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
    const told = pupils(9600).map((pupil) => ({
      ...pupil,
      answers: [pupil.school === 0 ? 2 : 0, ...pupil.answers.slice(1)],
    }));
    const answered = [0, 1, 2].map((school) => told.filter((pupil) => pupil.school === school).length);
    const roll = [answered[0]! * 3, answered[1]!, answered[2]!];
    const weighted = factsOf(inputOf(told, roll)).find(({ kind }) => kind === 'weighted');
    const share = roll[0]! / (roll[0]! + roll[1]! + roll[2]!);
    expect(weighted).toMatchObject({ item: 'is-calm' });
    expect(Math.abs(weighted!.value - share * 100)).toBeLessThanOrEqual(1);
    expect(Math.round((answered[0]! / told.length) * 100)).toBeLessThan(weighted!.value);
  });

  it('leave out a school that has nobody on the roll, as a correction does, from all of them', () => {
    const rest = all.filter(({ school }) => school !== 0);
    const without = factsOf(inputOf(all, [0, 500, 500]));
    expect(without.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['alpha', 'difference', 'weighted']));
    expect(without).toEqual(factsOf(inputOf(rest, [0, 500, 500])));
    expect(without).not.toEqual(factsOf(inputOf(all, [500, 500, 500])));
  });

  it('count everybody who came where there is no roll', () => {
    const open = { ...inputOf(all, [500, 500, 500]), reached: 'open' as const };
    const shown = makeRelease(inputOf(all, [500, 500, 500]), sha256, solver);
    const alpha = (input: ReleaseInput) => namedFacts(input, shown).find(({ kind }) => kind === 'alpha');
    expect(alpha({ ...open, roll: [0, 0, 0] })).toEqual(alpha(open));
    expect(alpha(open)).toBeDefined();
  });

  it('weight nothing where no weights fit the roll, and are made all the same', () => {
    // One school is all girls and one all boys, each with a third of the roll: so few girls there cannot be.
    const input = { ...inputOf(all, [500, 500, 500]), rollByGroup: { sex: [{ female: 100, male: 1400 }] } };
    const kinds = factsOf(input).map(({ kind }) => kind);
    expect(kinds).toContain('alpha');
    expect(kinds).not.toContain('weighted');
  });

  describe('weighted to the roll', () => {
    /** Six schools of 1,000 pupils, of whom so many in a hundred are calm: as many girls as boys. */
    const weightedOf = (calm: number[], bySex: boolean) => {
      const answers = (number: number, of: number) => [number % 100 < of ? 2 : 0, number % 3, (number * 7) % 3];
      const told = calm.flatMap((of, school) =>
        Array.from({ length: 1000 }, (_, number) => {
          const sex = number % 2 === 0 ? ('female' as const) : ('male' as const);
          return { school, sex, answers: answers(number, of) };
        }),
      );
      const input = inputOf(
        told,
        calm.map(() => 1200),
      );
      const rollByGroup = bySex ? { sex: [{ female: 3600, male: 3600 }] } : undefined;
      return factsOf({ ...input, rollByGroup }).find(({ kind }) => kind === 'weighted')!;
    };

    it.each([false, true])('are as uncertain as schools are different (by sex too: %s)', (bySex) => {
      const { value, low, high } = weightedOf([15, 29, 43, 57, 71, 85], bySex);
      expect(value).toBe(50);
      // By hand: a deviation of 26.2 among six schools, over the root of six, times 2.571.
      expect(Math.abs(low - 22.5)).toBeLessThanOrEqual(1);
      expect(Math.abs(high - 77.5)).toBeLessThanOrEqual(1);
    });

    it.each([false, true])('are sure where schools are alike (by sex too: %s)', (bySex) => {
      const { value, low, high } = weightedOf([48, 50, 52, 50, 48, 52], bySex);
      expect(value).toBe(50);
      expect(high - low).toBeGreaterThan(0);
      expect(high - low).toBeLessThan(6);
    });
  });

  it('weighted to the roll are the same for all that the unweighted figure could stand for', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const part = fc.double({ min: 0, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(share, part, part, share, (mean, down, up, at) => {
        const shares = [mean, mean - 0.04, mean + 0.04] as const;
        const found = alikeRounded(shares, -down, up);
        const moved = at * (down + up) - down;
        if (!found) return;
        const [one, low, high] = shares.map((own) => 100 * Math.min(1, Math.max(0, own + moved)));
        for (const [own, rounded] of [
          [one!, found.value],
          [low!, found.low],
          [high!, found.high],
        ] as const) {
          expect(Math.abs(own - rounded)).toBeLessThanOrEqual(2.5 + 1e-9);
        }
        expect(
          alikeRounded(shares.map((own) => own + moved) as [number, number, number], -down - moved, up - moved),
        ).toEqual(found);
      }),
    );
    expect(alikeRounded([0.5, 0.46, 0.54], -0.001, 0.001)).toEqual({ value: 50, low: 46, high: 54 });
    expect(alikeRounded([0.505, 0.46, 0.54], -0.001, 0.001)).toEqual({ value: 50, low: 46, high: 54 });
    expect(alikeRounded([0.5, 0.46, 0.54], -0.3, 0.3)).toBeUndefined();
  });

  it('are made only of so many persons that their rounding hides a few of them', () => {
    expect(factsOf(inputOf(pupils(400), [150, 200, 200]))).toEqual([]);
  });
});
