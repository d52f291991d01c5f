import { describe, expect, it, test } from 'vitest';
import { SurveyItem, type Question } from '../../../server/core/survey/definition.ts';
import { KINDS, kindOf } from '../../../server/core/survey/kinds.ts';
import { kindSuite, type KindExamples } from '../../support/kind-suite.ts';

const asked = { tags: { domain: 'friends', shanarri: [], uncrc: [] }, optOuts: [] } satisfies Partial<Question>;
const LADDER = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

const options = (...codes: string[]) => codes.map((code) => ({ code }));
const words = (...codes: string[]) => Object.fromEntries(codes.map((code) => [code, `Words of ${code}`]));

const choiceText = {
  faultyTexts: [
    { text: { text: 'How?', options: words('well', 'badly') }, faults: ['has no words for option "so-so"'] },
    {
      text: { text: 'How?', options: words('well', 'so-so', 'badly', 'blue') },
      faults: ['has words for an unknown option "blue"'],
    },
    {
      text: { text: 'How?' },
      faults: ['has no words for option "well"', 'has no words for option "so-so"', 'has no words for option "badly"'],
    },
  ],
  text: { text: 'How?', options: words('well', 'so-so', 'badly') },
  codes: ['well', 'so-so', 'badly'],
  answers: [
    { fields: ['well'], value: 'well', bytes: [0], holds: ['well'] },
    { fields: ['so-so'], value: 'so-so', bytes: [1], holds: ['so-so'] },
    { fields: ['', 'badly'], value: 'badly', bytes: [2], holds: ['badly'] },
  ],
  blanks: [[], [''], ['', '']],
  refused: [
    { fields: ['blue'], fault: 'unknown-option' },
    { fields: ['constructor'], fault: 'unknown-option' },
    { fields: ['Well'], fault: 'unknown-option' },
    { fields: ['well', 'badly'], fault: 'more-than-one' },
    { fields: ['well', 'well'], fault: 'more-than-one' },
  ],
} satisfies Omit<KindExamples, 'item'>;

const EXAMPLES: Record<keyof typeof KINDS, KindExamples> = {
  'one-choice': {
    item: { id: 'sleep', kind: 'one-choice', ...asked, options: options('well', 'so-so', 'badly') },
    ...choiceText,
  },
  faces: { item: { id: 'mood', kind: 'faces', ...asked, options: options('well', 'so-so', 'badly') }, ...choiceText },
  'tick-all': {
    item: {
      id: 'talk-to',
      kind: 'tick-all',
      ...asked,
      options: [{ code: 'carer' }, { code: 'friend' }, { code: 'nobody', exclusive: true }],
    },
    text: { text: 'Who?', options: words('carer', 'friend', 'nobody') },
    codes: ['carer', 'friend', 'nobody'],
    answers: [
      { fields: ['carer'], value: ['carer'], bytes: [1, 0, 0], holds: ['carer'] },
      { fields: ['friend', 'carer'], value: ['carer', 'friend'], bytes: [1, 1, 0], holds: ['carer', 'friend'] },
      { fields: ['friend', '', 'friend'], value: ['friend'], bytes: [0, 1, 0], holds: ['friend'] },
      { fields: ['nobody'], value: ['nobody'], bytes: [0, 0, 1], holds: ['nobody'] },
    ],
    blanks: [[], [''], ['', '']],
    refused: [
      { fields: ['blue'], fault: 'unknown-option' },
      { fields: ['carer', 'blue'], fault: 'unknown-option' },
      { fields: ['nobody', 'friend'], fault: 'none-with-others' },
      { fields: ['carer', 'friend', 'nobody'], fault: 'none-with-others' },
    ],
    faultyTexts: [
      {
        text: { text: 'Who?', options: words('carer', 'nobody', 'blue') },
        faults: ['has no words for option "friend"', 'has words for an unknown option "blue"'],
      },
    ],
  },
  ladder: {
    item: { id: 'life', kind: 'ladder', ...asked },
    text: { text: 'Where?', low: 'Worst', high: 'Best' },
    codes: LADDER,
    answers: LADDER.map((step, byte) => ({ fields: [step], value: step, bytes: [byte], holds: [step] })),
    blanks: [[], ['']],
    refused: [
      { fields: ['11'], fault: 'unknown-option' },
      { fields: ['-1'], fault: 'unknown-option' },
      { fields: ['4.5'], fault: 'unknown-option' },
      { fields: ['07'], fault: 'unknown-option' },
      { fields: ['1', '2'], fault: 'more-than-one' },
    ],
    faultyTexts: [
      {
        text: { text: 'Where?' },
        faults: [
          'has no words for the bottom of the ladder ("low")',
          'has no words for the top of the ladder ("high")',
        ],
      },
      {
        text: { text: 'Where?', high: 'Best' },
        faults: ['has no words for the bottom of the ladder ("low")'],
      },
    ],
  },
  'short-text': {
    item: { id: 'better', kind: 'short-text', ...asked, maxLength: 20 },
    text: { text: 'What?' },
    codes: ['written'],
    answers: [
      { fields: ['More swings'], value: 'More swings', bytes: [0], holds: ['written'] },
      { fields: ['  a park  '], value: 'a park', bytes: [0], holds: ['written'] },
      { fields: ['x'.repeat(20)], value: 'x'.repeat(20), bytes: [0], holds: ['written'] },
    ],
    blanks: [[], [''], ['   \n ']],
    refused: [{ fields: ['x'.repeat(21)], fault: 'too-long' }],
    faultyTexts: [],
  },
  information: {
    item: { id: 'more-personal', kind: 'information' },
    text: { text: 'The next page', hint: 'The next questions are more personal.' },
    codes: [],
    answers: [],
    blanks: [[], ['read'], ['anything', 'at all']],
    refused: [],
    faultyTexts: [{ text: { text: 'The next page' }, faults: ['has no words for the body of the page ("hint")'] }],
  },
};

test('every kind that a survey may use has its examples here', () => {
  const inSchema = SurveyItem.anyOf.map((shape) => shape.properties.kind.const);
  expect(Object.keys(KINDS).toSorted()).toEqual(inSchema.toSorted());
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(inSchema.toSorted());
});

for (const examples of Object.values(EXAMPLES)) kindSuite(examples);

describe('a stored choice', () => {
  it('is never guessed: a value that the question does not offer stops the storing', () => {
    for (const name of ['one-choice', 'faces', 'ladder'] as const) {
      const { item } = EXAMPLES[name];
      expect(() => kindOf(item).encode(item, 'blue')).toThrow(/"blue" is none of/);
    }
  });

  it('of an own text holds that something was written and not the words', () => {
    const { item } = EXAMPLES['short-text'];
    expect(kindOf(item).encode(item, 'a secret')).toEqual(kindOf(item).encode(item, 'another one'));
  });

  it('fits into the bytes below the states even for the longest list of options', () => {
    const longest = options(...Array.from({ length: 200 }, (_, index) => `o${index}`));
    const item = { id: 'country', kind: 'one-choice' as const, ...asked, options: longest };
    expect(kindOf(item).encode(item, 'o199')).toEqual([199]);
  });
});
