import fc from 'fast-check';
import type { Answer, Answers } from '../../server/core/survey/answer.ts';
import type { SurveyDefinition, SurveyItem } from '../../server/core/survey/definition.ts';
import type { OneChoiceQuestion } from '../../server/core/survey/kinds/one-choice.ts';
import { isQuestion } from '../../server/core/survey/definition.ts';
import { kindOf } from '../../server/core/survey/kinds.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';

/** The surveys of pupils that ship with Heard. */
export const SHIPPED: SurveyDefinition[] = readSurveyFolders().map((content) => content.definition);

export const shipped = (id: string): SurveyDefinition => {
  const survey = SHIPPED.find((candidate) => candidate.id === id);
  if (!survey) throw new Error(`surveys/ has no ${id}: expected one of ${SHIPPED.map((one) => one.id).join(', ')}.`);
  return survey;
};

const CODES = ['a', 'b', 'c'];
const STAGES_ASKED: Stage[] = ['P6', 'P7'];

const someCodes = fc.subarray(CODES, { minLength: 1 });

/** A question after `index` others, maybe for one stage only, maybe only after certain earlier answers. */
function arbitraryItem(index: number): fc.Arbitrary<OneChoiceQuestion> {
  const earlier = Array.from({ length: index }, (_, number) => `q${number}`);
  return fc
    .record({
      stages: fc.option(fc.constantFrom<Stage[]>(['P6'], ['P7'])),
      route: index === 0 ? fc.constant(null) : fc.option(fc.tuple(fc.constantFrom(...earlier), someCodes)),
    })
    .map(({ stages, route }) => ({
      id: `q${index}`,
      kind: 'one-choice',
      tags: { domain: 'friends', shanarri: [], uncrc: [] },
      optOuts: ['dont-know'],
      options: CODES.map((code) => ({ code })),
      ...(stages && { stages }),
      ...(route && { when: { question: route[0], anyOf: route[1] } }),
    }));
}

/** Surveys full of routes: up to nine questions, many of them hanging on each other. */
export const routedSurvey: fc.Arbitrary<SurveyDefinition> = fc
  .integer({ min: 1, max: 9 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, index) => arbitraryItem(index))))
  .map((items) => ({ id: 'routed', family: 'pupils', stages: STAGES_ASKED, reached: 'roll', items, indicators: [] }));

/** Surveys full of routes, and the shipped ones. */
export const anySurvey: fc.Arbitrary<SurveyDefinition> = fc.oneof(routedSurvey, fc.constantFrom(...SHIPPED));

export function stageOf(survey: SurveyDefinition): fc.Arbitrary<Stage> {
  return fc.constantFrom(...survey.stages);
}

/** An answer that the item's own page could have given. */
export function answerTo(item: SurveyItem): fc.Arbitrary<Answer> {
  const skipped = fc.constant<Answer>({ state: 'skipped' });
  if (!isQuestion(item)) return skipped;
  const codes = kindOf(item).codes(item);
  const values =
    item.kind === 'short-text'
      ? fc.constant<string | string[]>('Some words')
      : item.kind === 'tick-all'
        ? ticks(item.options)
        : fc.constantFrom<string | string[]>(...codes);
  const answered = values.map((value): Answer => ({ state: 'answered', value }));
  const optOuts = item.optOuts.map((state): Answer => ({ state }));
  return fc.oneof(
    { weight: 6, arbitrary: answered },
    skipped,
    fc.constantFrom<Answer>({ state: 'skipped' }, ...optOuts),
  );
}

function ticks(options: readonly { code: string; exclusive?: true }[]): fc.Arbitrary<string[]> {
  const together = options.filter((option) => !option.exclusive).map((option) => option.code);
  const alone = options.filter((option) => option.exclusive).map((option) => [option.code]);
  const some = fc.subarray(together, { minLength: 1 });
  return alone.length > 0 ? fc.oneof(some, fc.constantFrom(...alone)) : some;
}

/** Answers to some of the items, on the way or off it, as a draft may hold them. */
export function someAnswers(survey: SurveyDefinition): fc.Arbitrary<Answers> {
  return fc
    .tuple(...survey.items.map((item) => fc.option(answerTo(item)).map((answer) => [item.id, answer] as const)))
    .map((entries) => Object.fromEntries(entries.filter(([, answer]) => answer !== null)) as Answers);
}

/** A survey with a stage and what a person has answered so far. */
export const traveller = anySurvey.chain((survey) =>
  fc.record({
    survey: fc.constant(survey),
    stage: stageOf(survey),
    textAllowed: fc.boolean(),
    answers: someAnswers(survey),
  }),
);
