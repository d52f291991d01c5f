import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SKIPPED, STATE_CODES, type Answer } from '../../../server/core/survey/answer.ts';
import { unlinkedSectionOf, type SurveyDefinition } from '../../../server/core/survey/definition.ts';
import type { Traveller } from '../../../server/core/survey/journey.ts';
import { answerKindOf, partsOf, type Variable } from '../../../server/core/survey/kinds.ts';
import { SWITCHED_TOPICS } from '../../../server/core/survey/topics.ts';
import { surveyVariables } from '../../../server/core/survey/validate.ts';
import { toColumns, type Columns } from '../../../server/core/tally/columns.ts';
import { countAnyOf, countResponses, countVariable } from '../../../server/core/tally/count.ts';
import { EVERY_KIND, shipped } from '../../support/arbitrary-surveys.ts';
import {
  arbitraryPeople,
  bandOf,
  BANDS,
  columnsOf,
  people,
  PLACES,
  unlinkedColumnsOf,
  wayOf,
  type PaperWave,
  type Person,
} from '../../support/counted-wave.ts';

const SURVEYS = [EVERY_KIND, shipped('primary'), shipped('secondary')];
/** Everything is on, so that everything is counted. */
const way: Omit<Traveller, 'stage'> = { textAllowed: true, topics: SWITCHED_TOPICS };
const waveOf = (all: readonly Person[]): PaperWave => ({ ...PLACES, surveys: SURVEYS, people: all, way });

const cellOf = ({ school, stage }: Person) =>
  PLACES.schools.findIndex(({ code }) => code === school) * BANDS.length + bandOf(stage);

/** Where a variable's answers are, with what a cell is there. */
function recordsOf(survey: SurveyDefinition, { question }: Variable, wave: PaperWave) {
  const section = unlinkedSectionOf(survey, question);
  return section === null
    ? { columns: columnsOf(survey, wave), cells: PLACES.schools.length * BANDS.length, cellOf }
    : {
        columns: unlinkedColumnsOf(survey, wave)[section]!,
        cells: BANDS.length,
        cellOf: ({ stage }: Person) => bandOf(stage),
      };
}

/** The answer that a variable is read from, blank for whoever stopped before it; nothing if no way led to it. */
function saidTo(survey: SurveyDefinition, { id, question }: Variable, person: Person): Answer | undefined {
  const key = question.kind === 'ranking' ? question.id : id;
  const keys = wayOf(survey, person, way).flatMap((step) => step.keys);
  return keys.includes(key) ? (person.answers[key] ?? SKIPPED) : undefined;
}

/** Codes of a variable that an answer holds, worked out from the answer alone. */
function holds({ id, question, part }: Variable, answer: Answer | undefined): string[] {
  if (answer?.state !== 'answered') return [];
  if (question.kind === 'ranking') {
    const place = (answer.value as string[]).indexOf(part!);
    return [place < 0 ? 'no-place' : `place-${place + 1}`];
  }
  const own = partsOf(question).find((one) => one.id === id)!;
  return answerKindOf(own).holds(own, answer.value);
}

/** Counting by hand: one person after another, straight from their answers. */
function byHand(
  all: readonly Person[],
  { cells, cellOf: cell }: { cells: number; cellOf: (person: Person) => number },
  counts: (person: Person) => boolean,
): number[] {
  const totals = Array<number>(cells).fill(0);
  for (const person of all) if (counts(person)) totals[cell(person)]! += 1;
  return totals;
}

const cases = fc
  .constantFrom(...SURVEYS)
  .chain((survey) => fc.record({ survey: fc.constant(survey), all: arbitraryPeople([survey], 30) }));

describe('counts of a variable', () => {
  it('are what counting by hand gives: those asked, each code, each state', () => {
    fc.assert(
      fc.property(cases, ({ survey, all }) => {
        const wave = waveOf(all);
        for (const variable of surveyVariables(survey)) {
          const records = recordsOf(survey, variable, wave);
          const said = (person: Person) => saidTo(survey, variable, person);
          const counts = countVariable(records.columns, variable.id, records.cells)!;
          expect([...counts.asked]).toEqual(byHand(all, records, (person) => said(person) !== undefined));
          expect([...counts.options.keys()]).toEqual(variable.codes);
          for (const code of variable.codes) {
            const own = byHand(all, records, (person) => holds(variable, said(person)).includes(code));
            expect([...(counts.options.get(code) ?? [])], `${variable.id} ${code}`).toEqual(own);
          }
          for (const [state, cells] of counts.states) {
            expect([...cells]).toEqual(byHand(all, records, (person) => said(person)?.state === state));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('add up: codes and states are everybody asked, unless one person can hold several', () => {
    fc.assert(
      fc.property(cases, ({ survey, all }) => {
        const wave = waveOf(all);
        for (const variable of surveyVariables(survey).filter(({ several }) => !several)) {
          const { columns, cells } = recordsOf(survey, variable, wave);
          const counts = countVariable(columns, variable.id, cells)!;
          const parts = [...counts.options.values(), ...counts.states.values()];
          for (let cell = 0; cell < cells; cell += 1) {
            const total = parts.reduce((sum, one) => sum + one[cell]!, 0);
            expect(total, variable.id).toBe(counts.asked[cell]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are those of every response, counted once', () => {
    fc.assert(
      fc.property(cases, ({ survey, all }) => {
        const cells = PLACES.schools.length * BANDS.length;
        const counts = countResponses(columnsOf(survey, waveOf(all)), cells);
        expect([...counts]).toEqual(byHand(all, { cells, cellOf }, () => true));
      }),
      { numRuns: 10 },
    );
  });

  it('put a number into its group, at both ends of each', () => {
    const said = (value: number) => people(1, 'ash', 'P6', { minutes: { state: 'answered', value } });
    const all = [0, 1, 249, 250, 251, 1000].flatMap(said);
    const counts = countVariable(columnsOf(EVERY_KIND, waveOf(all)), 'minutes', BANDS.length)!;
    const inFirstCell = [...counts.options].map(([code, cells]) => [code, cells[0]]);
    expect(inFirstCell).toEqual([
      ['none', 1],
      ['some', 2],
      ['many', 3],
    ]);
    expect(counts.asked[0]).toBe(6);
  });

  it('are missing where the version does not ask it', () => {
    const columns = columnsOf(EVERY_KIND, waveOf([]));
    for (const id of ['nothing-like-it', 'page', 'school', 'wishes', 'drink']) {
      expect(countVariable(columns, id, 1), id).toBeUndefined();
    }
  });
});

describe('an indicator', () => {
  it('counts everybody once, however many of its options they ticked', () => {
    const survey = shipped('primary');
    const of = (...value: string[]): Person => ({
      school: 'ash',
      stage: 'P6',
      answers: { 'talk-to': { state: 'answered', value } },
    });
    const all = [of('carer', 'school-adult', 'other-adult'), of('carer'), of('friend'), of('nobody')];
    const columns = columnsOf(survey, waveOf(all));
    expect(countAnyOf(columns, 'talk-to', ['carer', 'school-adult', 'other-adult'], 1)[0]).toBe(2);
  });

  it('is what counting by hand gives', () => {
    fc.assert(
      fc.property(cases, ({ survey, all }) => {
        const variables = surveyVariables(survey);
        for (const { id, question, anyOf } of survey.indicators) {
          const variable = variables.find((one) => one.id === question)!;
          const records = recordsOf(survey, variable, waveOf(all));
          const own = byHand(all, records, (person) =>
            holds(variable, saidTo(survey, variable, person)).some((code) => anyOf.includes(code)),
          );
          expect([...countAnyOf(records.columns, question, anyOf, records.cells)], id).toEqual(own);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('columns', () => {
  const layout: Columns['layout'] = [
    { question: 'first', part: null, codes: ['a', 'b'] },
    { question: 'second', part: null, codes: ['a', 'b'] },
  ];
  /** So many responses of each cell, one of each in turn: a, then b, and so on. */
  const mixed = (sizes: ReadonlyMap<number, number>) => {
    const most = Math.max(...sizes.values());
    return Array.from({ length: most }, (_, turn) =>
      [...sizes].flatMap(([cell, size]) =>
        turn < size ? [{ cell, answers: Uint8Array.from([turn % 2, STATE_CODES.skipped]) }] : [],
      ),
    ).flat();
  };

  it('keep every cell apart, however many answered there and in whatever order', () => {
    const sizes = new Map([9, 1, 4, 7, 3, 8, 2, 5, 6].map((size, cell) => [cell * 2, size]));
    const columns = toColumns(layout, mixed(sizes));
    const cells = 20;
    const [first, second] = ['first', 'second'].map((id) => countVariable(columns, id, cells)!);
    const expected = (count: (size: number) => number) =>
      Array.from({ length: cells }, (_, cell) => count(sizes.get(cell) ?? 0));
    expect(columns.size).toBe(45);
    expect([...countResponses(columns, cells)]).toEqual(expected((size) => size));
    expect([...first!.options.get('a')!]).toEqual(expected((size) => Math.ceil(size / 2)));
    expect([...first!.options.get('b')!]).toEqual(expected((size) => Math.floor(size / 2)));
    expect([...second!.states.get('skipped')!]).toEqual(expected((size) => size));
    expect([...second!.asked]).toEqual(expected((size) => size));
    expect([...countAnyOf(columns, 'first', ['b'], cells)]).toEqual(expected((size) => Math.floor(size / 2)));
  });

  it('can have more cells than two bytes can number', () => {
    const columns = toColumns(
      layout,
      mixed(
        new Map([
          [4, 2],
          [65_540, 3],
          [140_000, 1],
        ]),
      ),
    );
    const { options } = countVariable(columns, 'first', 140_001)!;
    expect([4, 65_540, 140_000].map((cell) => options.get('a')![cell])).toEqual([1, 2, 1]);
    expect(countResponses(columns, 140_001).reduce((sum, count) => sum + count)).toBe(6);
  });

  it('of nobody count nobody', () => {
    const { asked, options } = countVariable(toColumns(layout, []), 'first', 2)!;
    expect([[...asked], [...options.get('a')!]]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('are refused for a response of another layout, whose bytes would be read as other answers', () => {
    const short = { cell: 0, answers: Uint8Array.from([1]) };
    expect(() => toColumns(layout, [short])).toThrow(/has 1 bytes, its version's layout 2/);
  });
});
