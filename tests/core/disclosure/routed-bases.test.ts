import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import type { Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { inputOf, people, PLACES, sha256, type Person, oneChoice } from '../../support/counted-wave.ts';

/* A question that a route leads to: those asked are what the released answers before it add up to. */
const solver = await loadSolver();

const SURVEY: SurveyDefinition = {
  id: 'routed',
  family: 'pupils',
  stages: ['P5', 'P6', 'P7'],
  reached: 'roll',
  items: [
    oneChoice('bullied', ['never', 'once', 'often']),
    { ...oneChoice('where', ['inside', 'outside']), when: { question: 'bullied', anyOf: ['once', 'often'] } },
  ],
  indicators: [{ id: 'any', question: 'bullied', anyOf: ['once', 'often'] }],
};

const release = (all: readonly Person[]) =>
  makeRelease(inputOf({ ...PLACES, surveys: [SURVEY], people: all }), sha256, solver);

/** Pupils of each answer in a school; every fifth of those led on stops before the next question. */
function pupilsOf(school: string, [never, once, often]: readonly [number, number, number]): Person[] {
  const saying = (count: number, value: string) =>
    Array.from({ length: count }, (_, number): Person[] => {
      const where: Answers =
        value === 'never' || number % 5 === 0
          ? {}
          : { where: { state: 'answered', value: number % 2 === 0 ? 'inside' : 'outside' } };
      return people(1, school, 'P6', { bullied: { state: 'answered', value }, ...where });
    }).flat();
  return [...saying(never, 'never'), ...saying(once, 'once'), ...saying(often, 'often')];
}

describe('a question that a route leads to', () => {
  it('has for its base the sum of the answers that lead there, as the release shows them', () => {
    // 69 and 70 are 139, shown as 70 and 70; rounded by itself each of these would be its own.
    const made = release([...pupilsOf('ash', [183, 47, 48]), ...pupilsOf('birch', [160, 22, 22])]);
    const base = (item: string) => made.table('authority', 'p5-p7', item)!.base;
    const count = (option: string) => made.cell('authority', 'p5-p7', 'bullied', option)!.count;
    expect([count('once'), count('often'), base('where')]).toEqual([70, 70, 140]);
    expect(made.cell('authority', 'p5-p7', 'any', 'yes')!.count).toBe(base('where'));
    expect(made.table('authority', 'p5-p7', 'where')!.roundings).toBe(2);
  });

  it('is hidden wherever one of those answers is', () => {
    const few = release([...pupilsOf('ash', [183, 1, 48]), ...pupilsOf('birch', [160, 1, 22])]);
    expect(few.cell('authority', 'p5-p7', 'bullied', 'once')).toBeUndefined();
    expect(few.cell('authority', 'p5-p7', 'bullied', 'never')).toBeDefined();
    expect(few.table('authority', 'p5-p7', 'where')!.base).toBeNull();
  });

  it('tells of those asked nothing that the question before it does not show', () => {
    const number = fc.nat(60);
    const answers = fc.tuple(number, number, number);
    const schools = fc.tuple(answers, answers, answers);
    fc.assert(
      fc.property(schools, ([ash, birch, cedar]) => {
        const all = [...pupilsOf('ash', ash), ...pupilsOf('birch', birch), ...pupilsOf('cedar', cedar)];
        const made = release([...all, ...pupilsOf('ash', [300, 0, 0])]);
        for (const node of ['authority', 'cluster:north', 'cluster:south']) {
          const base = made.table(node, 'p5-p7', 'where')?.base ?? null;
          const led = ['once', 'often'].map((option) => made.cell(node, 'p5-p7', 'bullied', option)?.count);
          if (base !== null) expect(base).toBe(led[0]! + led[1]!);
          if (led.includes(undefined)) expect(base).toBeNull();
        }
      }),
      { numRuns: 25 },
    );
  });
});
