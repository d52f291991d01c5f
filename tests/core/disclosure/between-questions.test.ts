import { describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease } from '../../../server/core/disclosure/make-release.ts';
import type { Answer, AskedState } from '../../../server/core/survey/answer.ts';
import type { Question, SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { inputOf, sha256, type Person } from '../../support/counted-wave.ts';

/*
 * What answers, questions and surveys could give away of each other: each case was worked out by hand, and each of its
 * figures alone leaves three numbers or more.
 */
const solver = await loadSolver();

const base = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] } };
const options = (...codes: string[]) => codes.map((code) => ({ code }));
const surveyOf = (items: Question[], change: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  ...{ id: 'usual', family: 'pupils', stages: ['P6'], reached: 'roll', items, indicators: [] },
  ...change,
});

const answered = (value: string | string[]): Answer => ({ state: 'answered', value });
const without = (state: AskedState): Answer => ({ state });

/** So many pupils, in turn of two schools, with these answers. */
const pupils = (count: number, answers: Person['answers'], survey?: string): Person[] =>
  Array.from({ length: count }, (_, number) => ({
    ...{ school: number % 2 === 0 ? 'ash' : 'birch', stage: 'P6' as const, answers },
    ...(survey !== undefined && { survey }),
  }));

function release(surveys: SurveyDefinition[], people: readonly Person[]) {
  const schools = ['ash', 'birch'].map((code) => ({ code, roll: { 'p5-p7': 100 } }));
  const clusters = [{ code: 'north', name: 'North', schools: ['ash', 'birch'] }];
  const made = makeRelease(inputOf({ schools, clusters, surveys, people }), sha256, solver);
  return (item: string) => made.table('authority', 'p5-p7', item)!;
}

describe('figures of different answers and questions', () => {
  it('do not give away a tick that everything else leaves one number for', () => {
    // 100 asked, 95 ticked; 5 said nobody, 5 don't know and 5 left it blank: at least 93, and at most 102 less 9.
    const who: Question = {
      ...{ id: 'who', kind: 'tick-all', ...base, optOuts: ['dont-know'] },
      options: [...options('carer', 'friend'), { code: 'nobody', exclusive: true }],
    };
    const table = release(
      [surveyOf([who])],
      [
        ...pupils(93, { who: answered(['carer']) }),
        ...pupils(3, { who: answered(['nobody']) }),
        ...pupils(3, { who: without('dont-know') }),
        ...pupils(3, { who: without('skipped') }),
      ],
    )('who');
    const shown = [
      table.base,
      table.counts.carer,
      table.counts.nobody,
      table.states['dont-know'],
      table.states.skipped,
    ];
    expect(shown).toContain(null);
  });

  it('do not give away a hidden tick by an indicator that counts it with another', () => {
    // 20 ticked the one, 25 one or both, and the other is hidden: at least 1 and at most 2 did.
    const who: Question = {
      id: 'who',
      kind: 'tick-all',
      ...base,
      optOuts: [],
      options: options('carer', 'school', 'friend'),
    };
    const tables = release(
      [surveyOf([who], { indicators: [{ id: 'adult', question: 'who', anyOf: ['carer', 'school'] }] })],
      [
        ...pupils(22, { who: answered(['carer']) }),
        ...pupils(2, { who: answered(['school']) }),
        ...pupils(76, { who: answered(['friend']) }),
      ],
    );
    expect(tables('who').counts.school).toBeNull();
    expect([tables('who').counts.carer, tables('adult').counts.yes]).toContain(null);
  });

  it('do not give away an answer because a way to give none was not offered', () => {
    // 110 asked, 80 and 20 answered: 108 at least, 82 at most, and of two ways to give no answer 2 each at most.
    const caring: Question = {
      ...{ id: 'caring', kind: 'one-choice', ...base, optOuts: ['prefer-not-to-say'], options: options('yes', 'no') },
    };
    const table = release(
      [surveyOf([caring])],
      [
        ...pupils(22, { caring: answered('yes') }),
        ...pupils(82, { caring: answered('no') }),
        ...pupils(2, { caring: without('prefer-not-to-say') }),
        ...pupils(2, { caring: without('skipped') }),
      ],
    )('caring');
    expect([table.base, table.counts.yes, table.counts.no]).toContain(null);
  });

  const BULLIED: Question = {
    ...{ id: 'bullied', kind: 'one-choice', ...base, optOuts: ['dont-know', 'prefer-not-to-say'] },
    options: options('yes', 'no'),
  };
  const WHERE: Question = {
    ...{ id: 'where', kind: 'one-choice', ...base, optOuts: ['dont-know', 'prefer-not-to-say'] },
    options: options('in', 'out'),
    when: { question: 'bullied', anyOf: ['yes'] },
  };

  it('do not give away by a question who gave the answer that led to it', () => {
    // At least 20 said yes, since 108 were asked; at most 12 and four times 2 were asked where.
    const yes = (where: Answer) => ({ bullied: answered('yes'), where });
    const tables = release(
      [surveyOf([BULLIED, WHERE])],
      [
        ...pupils(82, { bullied: answered('no') }),
        ...(['dont-know', 'prefer-not-to-say', 'skipped'] as const).flatMap((state) =>
          pupils(2, { bullied: without(state) }),
        ),
        ...pupils(12, yes(answered('in'))),
        ...pupils(2, yes(answered('out'))),
        ...(['dont-know', 'prefer-not-to-say', 'skipped'] as const).flatMap((state) => pupils(2, yes(without(state)))),
      ],
    );
    const { base: asked, counts } = tables('bullied');
    expect([asked, counts.yes, counts.no, tables('where').counts.in]).toContain(null);
  });

  it('do not tell by the base of a routed question how many were asked another survey, which leaves it out', () => {
    const easy = surveyOf([BULLIED], { id: 'easy', easyRead: true });
    const people = [
      ...pupils(71, { bullied: answered('no') }),
      ...pupils(38, { bullied: answered('yes'), where: answered('in') }),
      ...pupils(9, { bullied: answered('yes'), where: answered('out') }),
    ];
    const led = pupils(1, { bullied: answered('yes') }, 'easy');
    const tables = release([surveyOf([BULLIED, WHERE]), easy], [...people, ...led]);
    expect(tables('bullied').counts.yes).toBe(50);
    expect(tables('where').base).toBe(50);
  });
});
