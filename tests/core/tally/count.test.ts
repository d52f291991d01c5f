import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/core/survey/answer.ts';
import { isQuestion, type Question, type SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { kindOf } from '../../../server/core/survey/kinds.ts';
import { toColumns } from '../../../server/core/tally/columns.ts';
import { countAnyOf, countQuestion, countResponses } from '../../../server/core/tally/count.ts';
import { shipped } from '../../support/arbitrary-surveys.ts';
import { arbitraryPeople, bandOf, BANDS, columnsOf, PLACES, type Person } from '../../support/counted-wave.ts';

const SURVEYS = [shipped('primary'), shipped('secondary')];
const CELLS = PLACES.schools.length * BANDS.length;

const cellOf = ({ school, stage }: Person) =>
  PLACES.schools.findIndex(({ code }) => code === school) * BANDS.length + bandOf(stage);

/** What a person said to a question, as its page would show it; nothing if the question never came up. */
function saidTo(survey: SurveyDefinition, question: Question, person: Person): Answer | undefined {
  const path = walk(survey, { stage: person.stage, textAllowed: false }, person.answers);
  return path.includes(question) ? person.answers[question.id] : undefined;
}

/** Counting by hand: one person after another, straight from their answers. */
function byHand(people: readonly Person[], counts: (person: Person) => boolean): number[] {
  const cells = Array<number>(CELLS).fill(0);
  for (const person of people) if (counts(person)) cells[cellOf(person)]! += 1;
  return cells;
}

const holdsAny = (question: Question, answer: Answer | undefined, codes: readonly string[]) =>
  answer?.state === 'answered' &&
  kindOf(question)
    .holds(question, answer.value)
    .some((code) => codes.includes(code));

const cases = fc
  .constantFrom(...SURVEYS)
  .chain((survey) => fc.record({ survey: fc.constant(survey), people: arbitraryPeople([survey], 40) }));

describe('counts of a question', () => {
  it('are what counting by hand gives: those asked, each option, each state', () => {
    fc.assert(
      fc.property(cases, ({ survey, people }) => {
        const columns = columnsOf(survey, { ...PLACES, surveys: SURVEYS, people });
        for (const question of survey.items.filter(isQuestion)) {
          const said = (person: Person) => saidTo(survey, question, person);
          const counts = countQuestion(columns, question.id, CELLS)!;
          expect([...counts.asked]).toEqual(byHand(people, (person) => said(person) !== undefined));
          for (const code of kindOf(question).codes(question)) {
            const own = byHand(people, (person) => holdsAny(question, said(person), [code]) ?? false);
            expect([...(counts.options.get(code) ?? [])], `${question.id} ${code}`).toEqual(own);
          }
          for (const [state, cells] of counts.states) {
            expect([...cells]).toEqual(byHand(people, (person) => said(person)?.state === state));
          }
        }
        expect([...countResponses(columns, CELLS)]).toEqual(byHand(people, () => true));
      }),
      { numRuns: 25 },
    );
  });

  it('add up: options and states of a choice are everybody asked', () => {
    fc.assert(
      fc.property(arbitraryPeople([SURVEYS[0]!], 40), (people) => {
        const columns = columnsOf(SURVEYS[0]!, { ...PLACES, surveys: SURVEYS, people });
        const counts = countQuestion(columns, 'feel-safe', CELLS)!;
        const all = [...counts.options.values(), ...counts.states.values()];
        for (let cell = 0; cell < CELLS; cell += 1) {
          expect(all.reduce((sum, cells) => sum + cells[cell]!, 0)).toBe(counts.asked[cell]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are missing where the version does not ask it', () => {
    const columns = columnsOf(SURVEYS[0]!, { ...PLACES, surveys: SURVEYS, people: [] });
    expect(countQuestion(columns, 'nothing-like-it', CELLS)).toBeUndefined();
    expect(countQuestion(columns, 'more-personal', CELLS)).toBeUndefined();
  });
});

describe('an indicator', () => {
  it('counts everybody once, however many of its options they ticked', () => {
    const survey = SURVEYS[0]!;
    const of = (...value: string[]): Person => ({
      school: 'ash',
      stage: 'P6',
      answers: { 'talk-to': { state: 'answered', value } },
    });
    const people = [of('carer', 'school-adult', 'other-adult'), of('carer'), of('friend'), of('nobody')];
    const columns = columnsOf(survey, { ...PLACES, surveys: SURVEYS, people });
    expect(countAnyOf(columns, 'talk-to', ['carer', 'school-adult', 'other-adult'], CELLS)[0]).toBe(2);
  });

  it('is what counting by hand gives', () => {
    fc.assert(
      fc.property(cases, ({ survey, people }) => {
        const columns = columnsOf(survey, { ...PLACES, surveys: SURVEYS, people });
        for (const indicator of survey.indicators) {
          const question = survey.items.filter(isQuestion).find(({ id }) => id === indicator.question)!;
          const own = byHand(
            people,
            (person) => holdsAny(question, saidTo(survey, question, person), indicator.anyOf) ?? false,
          );
          expect([...countAnyOf(columns, indicator.question, indicator.anyOf, CELLS)], indicator.id).toEqual(own);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('columns', () => {
  it('are refused for a response of another layout, whose bytes would be read as other answers', () => {
    const layout = [{ question: 'q', part: null, codes: ['a'] }];
    const short = { cell: 0, answers: Uint8Array.from([]) };
    expect(() => toColumns(layout, [short])).toThrow(/has 0 bytes, its version's layout 1/);
  });
});
