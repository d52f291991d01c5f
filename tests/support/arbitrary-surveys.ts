import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Answer, Answers, AnswerValue } from '../../server/core/survey/answer.ts';
import type { Part, SurveyDefinition } from '../../server/core/survey/definition.ts';
import type { Traveller } from '../../server/core/survey/journey.ts';
import { kindOf, partsOf } from '../../server/core/survey/kinds.ts';
import type { OneChoiceQuestion } from '../../server/core/survey/kinds/one-choice.ts';
import type { RankingQuestion } from '../../server/core/survey/kinds/ranking.ts';
import type { Stage } from '../../server/core/survey/stage.ts';
import type { ItemText, SurveyText } from '../../server/core/survey/text.ts';
import { SWITCHED_TOPICS } from '../../server/core/survey/topics.ts';

const SURVEYS = join(import.meta.dirname, '..', '..', 'surveys');

/** The structure of the surveys that ship with Heard; their words are no matter here. */
export const SHIPPED: SurveyDefinition[] = readdirSync(SURVEYS)
  .filter((name) => name !== 'examples' && existsSync(join(SURVEYS, name, 'survey.json')))
  .map((name) => JSON.parse(readFileSync(join(SURVEYS, name, 'survey.json'), 'utf8')) as SurveyDefinition);

export const shipped = (id: string): SurveyDefinition => {
  const survey = SHIPPED.find((candidate) => candidate.id === id);
  if (!survey) throw new Error(`surveys/ has no ${id}: expected one of ${SHIPPED.map((one) => one.id).join(', ')}.`);
  return survey;
};

const tags = { domain: 'friends' as const, shanarri: [], uncrc: [] };
const asked = { tags, optOuts: ['dont-know' as const] };
const codes = (...all: string[]) => all.map((code) => ({ code }));

/** A survey with every kind, rows, routes from every kind, topics and a section kept apart. */
export const EVERY_KIND: SurveyDefinition = {
  id: 'every-kind',
  family: 'pupils',
  stages: ['P6', 'P7', 'S4'],
  reached: 'roll',
  sections: [{ id: 'private', unlinked: true }],
  items: [
    { id: 'mood', kind: 'one-choice', ...asked, options: codes('good', 'bad') },
    {
      id: 'things',
      kind: 'tick-all',
      ...asked,
      options: [...codes('park', 'pool'), { code: 'none', exclusive: true }],
      when: { question: 'mood', anyOf: ['bad'] },
    },
    { id: 'smile', kind: 'faces', ...asked, options: codes('low', 'middle', 'high') },
    { id: 'steps', kind: 'ladder', ...asked },
    { id: 'school', kind: 'grid', ...asked, rows: codes('lessons', 'breaks'), options: codes('often', 'never') },
    { id: 'wishes', kind: 'ranking', ...asked, options: codes('bus', 'lamp', 'swing', 'tree'), places: 3 },
    {
      id: 'wishes-more',
      kind: 'one-choice',
      ...asked,
      options: codes('yes', 'no'),
      when: { question: 'wishes', anyOf: ['swing'] },
    },
    {
      id: 'minutes',
      kind: 'number',
      ...asked,
      least: 0,
      most: 1000,
      groups: [
        { code: 'none', from: 0, to: 0 },
        { code: 'some', from: 1, to: 249 },
        { code: 'many', from: 250, to: 1000 },
      ],
    },
    {
      id: 'minutes-more',
      kind: 'one-choice',
      ...asked,
      options: codes('yes', 'no'),
      when: { question: 'minutes', anyOf: ['many'] },
    },
    { id: 'page', kind: 'information' },
    {
      id: 'place',
      kind: 'place-wheel',
      ...asked,
      stages: ['P6', 'P7'],
      themes: codes('air', 'play', 'ways'),
      points: 3,
    },
    {
      id: 'place-older',
      kind: 'place-wheel',
      ...asked,
      stages: ['S4'],
      themes: codes('air', 'play', 'ways'),
      points: 7,
    },
    { id: 'few-words', kind: 'short-text', ...asked, maxLength: 40 },
    { id: 'alone', kind: 'one-choice', ...asked, section: 'private', options: codes('yes', 'no') },
    { id: 'drink', kind: 'one-choice', ...asked, section: 'private', topic: 'alcohol', options: codes('yes', 'no') },
    {
      id: 'drink-where',
      kind: 'grid',
      ...asked,
      section: 'private',
      topic: 'alcohol',
      rows: codes('home', 'out'),
      options: codes('often', 'never'),
      when: { question: 'drink', anyOf: ['yes'] },
    },
    { id: 'many-words', kind: 'long-text', ...asked, maxLength: 300 },
    { id: 'hungry', kind: 'one-choice', ...asked, topic: 'hunger', options: codes('yes', 'no') },
  ],
  indicators: [
    { id: 'good-mood', question: 'mood', anyOf: ['good'] },
    { id: 'lessons-often', question: 'school.lessons', anyOf: ['often'] },
    { id: 'swing-first', question: 'wishes.swing', anyOf: ['place-1'] },
    { id: 'moves', question: 'minutes', anyOf: ['some', 'many'] },
    { id: 'air-bad', question: 'place.air', anyOf: ['1'] },
    { id: 'anything', question: 'things', anyOf: ['park', 'pool'] },
    { id: 'drinks', question: 'drink', anyOf: ['yes'] },
  ],
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
      ...asked,
      options: codes(...CODES),
      ...(stages && { stages }),
      ...(route && { when: { question: route[0], anyOf: route[1] } }),
    }));
}

/** Surveys full of routes: up to nine questions, many of them hanging on each other. */
export const routedSurvey: fc.Arbitrary<SurveyDefinition> = fc
  .integer({ min: 1, max: 9 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, index) => arbitraryItem(index))))
  .map((items) => ({ id: 'routed', family: 'pupils', stages: STAGES_ASKED, reached: 'roll', items, indicators: [] }));

/** Surveys full of routes, one with every kind, and the shipped ones. */
export const anySurvey: fc.Arbitrary<SurveyDefinition> = fc.oneof(
  routedSurvey,
  fc.constantFrom(EVERY_KIND, { ...EVERY_KIND, easyRead: true as const }),
  fc.constantFrom(...SHIPPED),
);

/** A stage that a survey is asked of; none where grown-ups answer about a child. */
export function stageOf(survey: SurveyDefinition): fc.Arbitrary<Stage | null> {
  return survey.stages.length === 0 ? fc.constant(null) : fc.constantFrom(...survey.stages);
}

/** An answer that the page of a question could have given. */
export function answerTo(part: Part): fc.Arbitrary<Answer> {
  const answered = valueOf(part).map((value): Answer => ({ state: 'answered', value }));
  const optOuts = part.optOuts.map((state): Answer => ({ state }));
  return fc.oneof(
    { weight: 6, arbitrary: answered },
    fc.constant<Answer>({ state: 'skipped' }),
    fc.constantFrom<Answer>({ state: 'skipped' }, ...optOuts),
  );
}

function valueOf(part: Part): fc.Arbitrary<AnswerValue> {
  switch (part.kind) {
    case 'short-text':
    case 'long-text':
      return fc.constant('Some words');
    case 'tick-all':
      return ticks(part.options);
    case 'ranking':
      return ranked(part);
    case 'number':
      return fc.integer({ min: part.least, max: part.most });
    case 'ladder':
      return fc.integer({ min: 0, max: 10 }).map(String);
    case 'one-choice':
    case 'faces':
      return fc.constantFrom(...part.options.map((option) => option.code));
  }
}

function ranked({ options, places }: RankingQuestion): fc.Arbitrary<string[]> {
  const all = options.map((option) => option.code);
  return fc.shuffledSubarray(all, { minLength: 1, maxLength: Math.min(places, all.length) });
}

function ticks(options: readonly { code: string; exclusive?: true }[]): fc.Arbitrary<string[]> {
  const together = options.filter((option) => !option.exclusive).map((option) => option.code);
  const alone = options.filter((option) => option.exclusive).map((option) => [option.code]);
  const some = fc.subarray(together, { minLength: 1 });
  return alone.length > 0 ? fc.oneof(some, fc.constantFrom(...alone)) : some;
}

/** What every page of a survey could have been answered, by the key that a draft keeps it under. */
function answersByKey(survey: SurveyDefinition): [string, fc.Arbitrary<Answer>][] {
  return survey.items.flatMap((item): [string, fc.Arbitrary<Answer>][] => {
    const parts = partsOf(item);
    if (parts.length === 0) return [[item.id, fc.constant<Answer>({ state: 'skipped' })]];
    return parts.map((part) => [part.id, answerTo(part)]);
  });
}

/** Answers to all there is, on the way or off it. */
export function allAnswers(survey: SurveyDefinition): fc.Arbitrary<Answers> {
  return fc.record(Object.fromEntries(answersByKey(survey)));
}

/** Answers to some of the questions and rows, on the way or off it, as a draft may hold them. */
export function someAnswers(survey: SurveyDefinition): fc.Arbitrary<Answers> {
  const maybe = answersByKey(survey).map(([key, answer]) => fc.option(answer).map((one) => [key, one] as const));
  return fc
    .tuple(...maybe)
    .map((entries) => Object.fromEntries(entries.filter(([, answer]) => answer !== null)) as Answers);
}

/** Somebody of a survey, in a wave that may have switched on some topics. */
export function travellerOf(survey: SurveyDefinition): fc.Arbitrary<Traveller> {
  return fc.record({
    stage: stageOf(survey),
    textAllowed: fc.boolean(),
    topics: fc.oneof(fc.constant(SWITCHED_TOPICS), fc.subarray(SWITCHED_TOPICS)),
  });
}

/** A survey with somebody on the way through it and what they have answered so far. */
export const journey = anySurvey.chain((survey) =>
  fc.record({ survey: fc.constant(survey), who: travellerOf(survey), answers: someAnswers(survey) }),
);

/** Words for every piece of a survey, each naming the piece: "en mood option.good". */
export function wordsFor(survey: SurveyDefinition, language: string): SurveyText {
  const items = survey.items.map((item) => {
    const text: ItemText = { text: `${language} ${item.id}` };
    for (const piece of kindOf(item).pieces(item)) {
      const [group = '', code = ''] = piece.split('.');
      const words = `${language} ${item.id} ${piece}`;
      if (group === 'row') text.rows = { ...text.rows, [code]: words };
      else if (group === 'option') text.options = { ...text.options, [code]: words };
      else text[group as 'hint' | 'low' | 'high'] = words;
    }
    return [item.id, text] as const;
  });
  const indicators = survey.indicators.map(({ id }) => [
    id,
    { name: `${language} ${id}`, statement: `${language} ${id} statement` },
  ]);
  return {
    language,
    status: 'drafted',
    name: `${language} ${survey.id}`,
    items: Object.fromEntries(items),
    indicators: Object.fromEntries(indicators) as SurveyText['indicators'],
  };
}
