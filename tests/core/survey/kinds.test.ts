import { describe, expect, it, test } from 'vitest';
import { SurveyItem, type Question } from '../../../server/core/survey/definition.ts';
import { answerKindOf, hasRows, KINDS, partsOf, variablesOf } from '../../../server/core/survey/kinds.ts';
import { kindSuite, type KindExamples } from '../../support/kind-suite.ts';

const asked = {
  tags: { domain: 'friends', shanarri: [], uncrc: [] },
  optOuts: ['dont-know', 'prefer-not-to-say'],
} satisfies Partial<Question>;
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
} satisfies Omit<KindExamples, 'item' | 'parts'>;

/** Choices in rows: what each row takes is what a choice takes. */
const rowWords = { rows: words('home', 'school', 'park') };
const withRows = { ...choiceText, text: { ...choiceText.text, ...rowWords } };

const seven = ['1', '2', '3', '4', '5', '6', '7'];

const EXAMPLES: Record<keyof typeof KINDS, KindExamples> = {
  'one-choice': {
    item: { id: 'sleep', kind: 'one-choice', ...asked, options: options('well', 'so-so', 'badly') },
    parts: ['sleep'],
    ...choiceText,
  },
  faces: {
    item: { id: 'mood', kind: 'faces', ...asked, options: options('well', 'so-so', 'badly') },
    parts: ['mood'],
    ...choiceText,
  },
  'tick-all': {
    item: {
      id: 'talk-to',
      kind: 'tick-all',
      ...asked,
      options: [{ code: 'carer' }, { code: 'friend' }, { code: 'nobody', exclusive: true }],
    },
    parts: ['talk-to'],
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
    parts: ['life'],
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
        faults: ['has no words for the low end ("low")', 'has no words for the high end ("high")'],
      },
      { text: { text: 'Where?', high: 'Best' }, faults: ['has no words for the low end ("low")'] },
    ],
  },
  grid: {
    item: {
      id: 'safe',
      kind: 'grid',
      ...asked,
      rows: options('home', 'school', 'park'),
      options: options('well', 'so-so', 'badly'),
    },
    parts: ['safe.home', 'safe.school', 'safe.park'],
    ...withRows,
    faultyTexts: [
      { text: choiceText.text, faults: ['home', 'school', 'park'].map((row) => `has no words for row "${row}"`) },
      {
        text: { ...withRows.text, rows: words('home', 'school', 'park', 'bus') },
        faults: ['has words for an unknown row "bus"'],
      },
    ],
  },
  'place-wheel': {
    item: { id: 'place', kind: 'place-wheel', ...asked, themes: options('home', 'school', 'park'), points: 7 },
    parts: ['place.home', 'place.school', 'place.park'],
    text: { text: 'How good is this here?', low: 'Worst', high: 'Best', ...rowWords },
    codes: seven,
    answers: seven.map((point, byte) => ({ fields: [point], value: point, bytes: [byte], holds: [point] })),
    blanks: [[], ['']],
    refused: [
      { fields: ['0'], fault: 'unknown-option' },
      { fields: ['8'], fault: 'unknown-option' },
      { fields: ['1', '2'], fault: 'more-than-one' },
    ],
    faultyTexts: [
      {
        text: { text: 'How good is this here?', ...rowWords, low: 'Worst', options: words('1') },
        faults: ['has no words for the high end ("high")', 'has words for an unknown option "1"'],
      },
    ],
  },
  ranking: {
    item: { id: 'first', kind: 'ranking', ...asked, options: options('parks', 'buses', 'shops', 'clubs'), places: 3 },
    parts: ['first'],
    text: { text: 'What matters most?', options: words('parks', 'buses', 'shops', 'clubs') },
    codes: ['parks', 'buses', 'shops', 'clubs'],
    answers: [
      { fields: ['shops'], value: ['shops'], bytes: [3, 3, 0, 3], holds: ['shops'] },
      { fields: ['shops', 'parks', ''], value: ['shops', 'parks'], bytes: [1, 3, 0, 3], holds: ['shops', 'parks'] },
      {
        fields: ['clubs', 'buses', 'parks'],
        value: ['clubs', 'buses', 'parks'],
        bytes: [2, 1, 3, 0],
        holds: ['clubs', 'buses', 'parks'],
      },
    ],
    blanks: [[], ['', '', '']],
    refused: [
      { fields: ['blue'], fault: 'unknown-option' },
      { fields: ['parks', 'parks', ''], fault: 'same-twice' },
      { fields: ['', 'parks', ''], fault: 'place-left-out' },
      { fields: ['parks', '', 'buses'], fault: 'place-left-out' },
      { fields: ['parks', 'buses', 'shops', 'clubs'], fault: 'more-than-one' },
    ],
    faultyTexts: [
      {
        text: { text: 'What?', options: words('parks', 'buses', 'shops') },
        faults: ['has no words for option "clubs"'],
      },
    ],
  },
  number: {
    item: {
      id: 'nights',
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
    parts: ['nights'],
    text: { text: 'How many nights?', unit: 'nights', options: words('none', 'some', 'many') },
    codes: ['none', 'some', 'many'],
    answers: [
      { fields: ['0'], value: 0, bytes: [0, 0], holds: ['none'] },
      { fields: [' 7 '], value: 7, bytes: [0, 7], holds: ['some'] },
      { fields: ['007'], value: 7, bytes: [0, 7], holds: ['some'] },
      { fields: ['249'], value: 249, bytes: [0, 249], holds: ['some'] },
      { fields: ['250'], value: 250, bytes: [1, 0], holds: ['many'] },
      { fields: ['١٢'], value: 12, bytes: [0, 12], holds: ['some'] },
      { fields: ['۱۲'], value: 12, bytes: [0, 12], holds: ['some'] },
      { fields: ['1000'], value: 1000, bytes: [4, 0], holds: ['many'] },
    ],
    blanks: [[], [''], ['  ']],
    refused: [
      { fields: ['seven'], fault: 'not-a-number' },
      { fields: ['7.5'], fault: 'not-a-number' },
      { fields: ['-1'], fault: 'not-a-number' },
      { fields: ['7', '8'], fault: 'more-than-one' },
      { fields: ['1001'], fault: 'out-of-range' },
    ],
    faultyTexts: [
      { text: { text: 'How many?', options: words('none', 'some') }, faults: ['has no words for option "many"'] },
    ],
  },
  'short-text': {
    item: { id: 'better', kind: 'short-text', ...asked, maxLength: 20 },
    parts: ['better'],
    text: { text: 'What?' },
    codes: ['written'],
    answers: [
      { fields: ['More swings'], value: 'More swings', bytes: [0], holds: ['written'] },
      { fields: ['  a park  '], value: 'a park', bytes: [0], holds: ['written'] },
      { fields: ['<b>"&\''], value: '<b>"&\'', bytes: [0], holds: ['written'] },
      { fields: ['x'.repeat(20)], value: 'x'.repeat(20), bytes: [0], holds: ['written'] },
    ],
    blanks: [[], [''], ['   \n ']],
    refused: [{ fields: ['x'.repeat(21)], fault: 'too-long' }],
    faultyTexts: [],
  },
  'long-text': {
    item: { id: 'dream', kind: 'long-text', ...asked, maxLength: 200 },
    parts: ['dream'],
    text: { text: 'What?' },
    codes: ['written'],
    answers: [
      { fields: ['One line\r\nand another'], value: 'One line\nand another', bytes: [0], holds: ['written'] },
      { fields: ['a</textarea>b'], value: 'a</textarea>b', bytes: [0], holds: ['written'] },
      { fields: ['\r\n'.repeat(3) + 'x'.repeat(200)], value: 'x'.repeat(200), bytes: [0], holds: ['written'] },
    ],
    blanks: [[], [''], [' \r\n ']],
    refused: [{ fields: ['x'.repeat(201)], fault: 'too-long' }],
    faultyTexts: [],
  },
  information: {
    item: { id: 'more-personal', kind: 'information' },
    parts: [],
    text: { text: 'The next page', hint: 'The next questions are more personal.' },
    codes: [],
    answers: [],
    blanks: [],
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

kindSuite({
  ...EXAMPLES['place-wheel'],
  item: { id: 'place-younger', kind: 'place-wheel', ...asked, themes: options('home', 'school', 'park'), points: 3 },
  parts: ['place-younger.home', 'place-younger.school', 'place-younger.park'],
  text: { text: 'How good is this here?', options: words('1', '2', '3'), ...rowWords },
  codes: ['1', '2', '3'],
  answers: EXAMPLES['place-wheel'].answers.slice(0, 3),
  refused: [{ fields: ['4'], fault: 'unknown-option' }],
  faultyTexts: [
    {
      text: { text: 'How good is this here?', ...rowWords, options: words('1', '2') },
      faults: ['has no words for option "3"'],
    },
  ],
});

const onlyPartOf = (name: keyof typeof KINDS) => partsOf(EXAMPLES[name].item)[0]!;

describe('a stored answer', () => {
  it('is never guessed: a value that the question does not offer stops the storing', () => {
    for (const name of ['one-choice', 'faces', 'ladder', 'grid', 'place-wheel'] as const) {
      const part = onlyPartOf(name);
      expect(() => answerKindOf(part).encode(part, 'blue')).toThrow(/"blue" is none of/);
    }
    const nights = onlyPartOf('number');
    expect(() => answerKindOf(nights).encode(nights, 1001)).toThrow(/1001 lies in no group/);
  });

  it('of an own text holds that something was written and not the words', () => {
    for (const name of ['short-text', 'long-text'] as const) {
      const part = onlyPartOf(name);
      const kind = answerKindOf(part);
      expect(kind.encode(part, 'a secret')).toEqual(kind.encode(part, 'another one'));
    }
  });

  it('fits into the bytes below the states even for the longest list of options', () => {
    const longest = options(...Array.from({ length: 200 }, (_, index) => `o${index}`));
    const item = { id: 'country', kind: 'one-choice' as const, ...asked, options: longest };
    expect(answerKindOf(item).encode(item, 'o199')).toEqual([199]);
  });
});

describe('rows', () => {
  it('are choices with the tags and the ways out of their question', () => {
    for (const name of ['grid', 'place-wheel'] as const) {
      const { item } = EXAMPLES[name];
      expect(hasRows(item)).toBe(true);
      for (const part of partsOf(item)) expect(part).toMatchObject({ kind: 'one-choice', ...asked });
    }
    expect(hasRows(EXAMPLES.ranking.item)).toBe(false);
  });
});

describe('what is counted', () => {
  it('is the place of each option of a ranking, and whether it got one', () => {
    const ranked = variablesOf(EXAMPLES.ranking.item as Question);
    expect(ranked.map(({ part }) => part)).toEqual(['parks', 'buses', 'shops', 'clubs']);
    for (const { codes } of ranked) expect(codes).toEqual(['place-1', 'place-2', 'place-3', 'no-place']);
  });
});
