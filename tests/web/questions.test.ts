import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Answers } from '../../server/core/survey/answer.ts';
import type { SurveyItem } from '../../server/core/survey/definition.ts';
import type { GridQuestion } from '../../server/core/survey/kinds/grid.ts';
import type { NumberQuestion } from '../../server/core/survey/kinds/number.ts';
import type { RankingQuestion } from '../../server/core/survey/kinds/ranking.ts';
import { optOutValue, readAnswers } from '../../server/core/survey/read-answer.ts';
import { LEVELS } from '../../server/core/survey/stage.ts';
import { atLevel, type ItemText } from '../../server/core/survey/text.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { answersInWords, drawStep } from '../../server/web/questions.ts';
import { controls, drawnHtml, elements, nameOf, sentBy, words } from '../support/drawn-form.ts';
import { drawn, ENGLISH, expectUsable, LANGUAGES, stepsOf } from '../support/drawn-suite.ts';

const ARABIC = LANGUAGES.find(({ code }) => code === 'ar')!;
const OPT_OUTS = ['dont-know', 'prefer-not-to-say'] as const;
const asked = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] }, optOuts: [...OPT_OUTS] };
const options = (...codes: string[]) => codes.map((code) => ({ code }));

const grid: GridQuestion = {
  id: 'safe',
  kind: 'grid',
  ...asked,
  rows: options('home', 'school', 'park', 'bus'),
  options: options('never', 'sometimes', 'always'),
};
const gridText: ItemText = {
  text: 'How safe?',
  rows: { home: 'Home', school: 'School', park: 'Park', bus: 'Bus' },
  options: { never: 'Never', sometimes: 'Sometimes', always: 'Always' },
};
const ranking: RankingQuestion = {
  id: 'first',
  kind: 'ranking',
  ...asked,
  options: options('parks', 'buses', 'shops', 'clubs', 'paths'),
  places: 4,
};
const rankingText: ItemText = {
  text: 'What first?',
  options: { parks: 'Parks', buses: 'Buses', shops: 'Shops', clubs: 'Clubs', paths: 'Paths' },
};
const nights: NumberQuestion = {
  id: 'nights',
  kind: 'number',
  ...asked,
  least: 0,
  most: 9999,
  groups: [
    { code: 'few', from: 0, to: 99 },
    { code: 'many', from: 100, to: 9999 },
  ],
};
const nightsText: ItemText = { text: 'How many?', unit: 'nights', options: { few: 'Few', many: 'Many' } };
const wheel: SurveyItem = { id: 'place', kind: 'place-wheel', ...asked, themes: grid.rows, points: 7 };
const wheelText: ItemText = { text: 'How good?', rows: gridText.rows!, low: 'A lot to do', high: 'Great' };

const stepOf = (item: SurveyItem) => stepsOf(item)[0]!;
const anyOptOut = fc.constantFrom(...OPT_OUTS).map((state): Answer => ({ state }));

describe('a form that is drawn and sent back', () => {
  it('keeps any order of any length', () => {
    const order = fc.shuffledSubarray(
      ranking.options.map(({ code }) => code),
      { minLength: 1, maxLength: ranking.places },
    );
    const step = stepOf(ranking);
    fc.assert(
      fc.property(
        fc.oneof(
          order.map((value): Answer => ({ state: 'answered', value })),
          anyOptOut,
        ),
        (first) => {
          const answers = { first };
          expect(readAnswers(step, sentBy(drawn(step, rankingText, { answers })))).toEqual({ answers });
        },
      ),
    );
  });

  it('keeps any number, as it shows', () => {
    const step = stepOf(nights);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (value) => {
        const answers: Answers = { nights: { state: 'answered', value } };
        expect(readAnswers(step, sentBy(drawn(step, nightsText, { answers })))).toEqual({ answers });
      }),
    );
  });

  it('keeps rows apart: each its own answer, way out, or nothing', () => {
    const step = stepOf(grid);
    const choice = fc
      .constantFrom('never', 'sometimes', 'always')
      .map((value): Answer => ({ state: 'answered', value }));
    const row = fc.oneof(choice, anyOptOut, fc.constant<Answer>({ state: 'skipped' }));
    fc.assert(
      fc.property(fc.tuple(row, row, row, row), (rows) => {
        const answers = Object.fromEntries(step.parts.map((part, index) => [part.id, rows[index]!]));
        const blank = rows.every(({ state }) => state === 'skipped');
        const expected = blank ? { fault: 'blank', partId: 'safe.home' } : { answers };
        expect(readAnswers(step, sentBy(drawn(step, gridText, { answers })))).toEqual(expected);
      }),
    );
  });

  it('keeps what was typed although it is no answer', () => {
    const wrong = { answer: ['about seven'] };
    const reading = readAnswers(stepOf(nights), wrong);
    expect(reading).toEqual({ fault: 'not-a-number', partId: 'nights' });
    const fault = { fault: 'not-a-number' as const, partId: 'nights', given: wrong };
    expect(sentBy(drawn(stepOf(nights), nightsText, { fault }))).toEqual(wrong);
    const twice = { answer: ['parks', '', 'parks', ''] };
    const again = { fault: 'same-twice' as const, partId: 'first', given: twice };
    expect(sentBy(drawn(stepOf(ranking), rankingText, { fault: again }))).toEqual(twice);
  });
});

describe('what was wrong', () => {
  const said = (item: SurveyItem, text: ItemText, fault: Parameters<typeof drawn>[2]) =>
    words(elements(drawn(stepOf(item), text, fault)).find(({ attributes }) => attributes.class === 'fault')!);

  it('is said with the bounds of the number that is asked for', () => {
    const fault = { fault: 'out-of-range' as const, partId: 'nights' };
    expect(said(nights, nightsText, { fault })).toBe('Write a number from 0 to 9,999.');
  });

  it('stands in the row where it is', () => {
    const fault = { fault: 'more-than-one' as const, partId: 'safe.park' };
    const page = drawn(stepOf(grid), gridText, { fault });
    const [faulty, ...others] = elements(page, 'fieldset').filter(({ attributes }) => attributes['aria-invalid']);
    expect(others).toEqual([]);
    expect(words(elements(faulty!, 'legend')[0]!)).toBe('Park');
    expect(drawStep(stepOf(grid), gridText, ENGLISH, () => undefined, fault).firstField).toBe('answer-park-0');
  });

  it('asks for what the page wants: a choice, a line, or words', () => {
    expect(said(nights, nightsText, { fault: { fault: 'blank', partId: 'nights' } })).toMatch(/in the box/);
    expect(said(grid, gridText, { fault: { fault: 'blank', partId: 'safe.home' } })).toMatch(/one of the lines/);
    expect(said(ranking, rankingText, { fault: { fault: 'blank', partId: 'first' } })).toMatch(/^Choose/);
    expect(said(nights, nightsText, { fault: { fault: 'none-with-others', partId: 'nights' } })).toMatch(/ticked box/);
  });
});

describe('rows', () => {
  it('on one page are groups of their own, named by their row, below one heading', () => {
    const page = drawn(stepOf(grid), gridText);
    const groups = elements(page, 'fieldset').filter(({ attributes }) => attributes.role === 'radiogroup');
    expect(groups.map((group) => words(elements(group, 'legend')[0]!))).toEqual(['Home', 'School', 'Park', 'Bus']);
    expect(elements(page, 'table')).toEqual([]);
    expect(words(elements(page, 'h1')[0]!)).toBe('How safe?');
  });

  it('on a page of its own is the heading, below what all rows ask', () => {
    const [, first] = stepsOf(grid);
    const page = drawn(first!, gridText);
    expect(words(elements(page, 'h1')[0]!)).toBe('Home');
    expect(words(elements(page, 'legend')[0]!)).toBe('How safe? Home');
    expect(new Set(controls(page).map(({ attributes }) => attributes.name))).toEqual(new Set(['answer']));
    expect(controls(page)[0]?.attributes.id).toBe('answer-0');
  });

  it('of seven points say how many there are, and what the ends mean', () => {
    for (const step of stepsOf(wheel)) {
      const page = drawn(step, wheelText);
      const points = controls(page).filter(({ attributes }) => /^\d$/.test(attributes.value!));
      const names = points.slice(0, 7).map((point) => nameOf(point, page));
      expect(names).toEqual([
        '1 of 7: A lot to do',
        ...['2', '3', '4', '5', '6'].map((point) => `${point} of 7`),
        '7 of 7: Great',
      ]);
    }
  });

  it('carry their own symbols, and options theirs, where symbols are on', () => {
    const pictured: SurveyItem = {
      ...grid,
      symbol: 'safe',
      rows: [{ code: 'home', symbol: 'home' }, { code: 'school' }],
      options: [{ code: 'never', symbol: 'never' }, { code: 'always' }],
    };
    const sources = (index: number) =>
      elements(drawn(stepsOf(pictured)[index]!, gridText, { options: { symbols: true } }), 'img').map(
        ({ attributes }) => /\/([a-z]+)\.svg$/.exec(attributes.src!)?.[1],
      );
    expect(sources(0)).toEqual(['safe', 'home', 'never', 'never']);
    expect(sources(1)).toEqual(['home', 'never']);
    // A row without a symbol has its question's.
    expect(sources(2)).toEqual(['safe', 'never']);
  });
});

describe('faces', () => {
  const faces: SurveyItem = { id: 'mood', kind: 'faces', ...asked, options: options('a', 'b', 'c', 'd', 'e') };
  const text = { text: 'How?', options: { a: 'A', b: 'B', c: 'C', d: 'D', e: 'E' } };

  it('are degrees of a smile, each wider than the one before, and no picture to fetch', () => {
    const page = drawn(stepOf(faces), text, { options: { symbols: true } });
    const mouths = elements(page, 'path').map(({ attributes }) => Number(/q9 (\d+) /.exec(attributes.d!)?.[1]));
    expect(mouths).toHaveLength(5);
    expect(mouths).toEqual(mouths.toSorted((one, other) => one - other));
    expect(new Set(mouths).size).toBe(5);
    expect(mouths[0]).toBeGreaterThan(0);
    expect(elements(page, 'img')).toEqual([]);
  });
});

describe('an answer that stands alone', () => {
  it('says so to the script: none of these among ticks, and the ways out beside them', () => {
    const ticks: SurveyItem = {
      id: 'talk',
      kind: 'tick-all',
      ...asked,
      options: [{ code: 'friend' }, { code: 'none', exclusive: true }],
    };
    const page = drawn(stepOf(ticks), { text: 'Who?', options: { friend: 'A friend', none: 'Nobody' } });
    const alone = controls(page).filter(({ attributes }) => 'data-alone' in attributes);
    expect(alone.map(({ attributes }) => attributes.value)).toEqual(['none', ...OPT_OUTS.map(optOutValue)]);
  });
});

describe('an answer in words', () => {
  const inWords = (item: SurveyItem, text: ItemText, answers: Answers, language = ENGLISH) =>
    answersInWords(stepOf(item), text, language, (key) => answers[key]);

  it('is a line for each row, with the question and the row', () => {
    const answers: Answers = {
      'safe.home': { state: 'answered', value: 'always' },
      'safe.school': { state: 'prefer-not-to-say' },
      'safe.park': { state: 'skipped' },
    };
    expect(inWords(grid, gridText, answers)).toEqual([
      { key: 'safe.home', question: 'How safe? – Home', words: 'Always' },
      { key: 'safe.school', question: 'How safe? – School', words: "I'd rather not say" },
      { key: 'safe.park', question: 'How safe? – Park', words: 'Skipped' },
      { key: 'safe.bus', question: 'How safe? – Bus', words: 'Skipped' },
    ]);
  });

  it.each<[string, SurveyItem, ItemText, Answer & { state: 'answered' }, string, string]>([
    [
      'an order',
      ranking,
      rankingText,
      { state: 'answered', value: ['clubs', 'parks'] },
      '1. Clubs, 2. Parks',
      '1. Clubs، 2. Parks',
    ],
    ['a number', nights, nightsText, { state: 'answered', value: 1200 }, '1,200 nights', '1,200 nights'],
    [
      'a step',
      { id: 'life', kind: 'ladder', ...asked },
      { text: 'Where?', low: 'Worst', high: 'Best' },
      { state: 'answered', value: '10' },
      '10 of 10: Best',
      '10 من 10: Best',
    ],
    [
      'ticks',
      { id: 'talk', kind: 'tick-all', ...asked, options: options('friend', 'carer') },
      { text: 'Who?', options: { friend: 'A friend', carer: 'A carer' } },
      { state: 'answered', value: ['friend', 'carer'] },
      'A friend, A carer',
      'A friend، A carer',
    ],
    [
      'own words',
      { id: 'dream', kind: 'long-text', ...asked, maxLength: 200 },
      { text: 'What?' },
      { state: 'answered', value: 'Two\nlines' },
      'Two\nlines',
      'Two\nlines',
    ],
  ])('reads as %s', (_name, item, text, answer, english, arabic) => {
    expect(inWords(item, text, { [item.id]: answer })[0]?.words).toBe(english);
    expect(inWords(item, text, { [item.id]: answer }, ARABIC)[0]?.words).toBe(arabic);
  });

  it('is a point of seven, and what it means at an end', () => {
    const said = (value: string) => inWords(wheel, wheelText, { 'place.home': { state: 'answered', value } })[0]?.words;
    expect(said('3')).toBe('3 of 7');
    expect(said('1')).toBe('1 of 7: A lot to do');
  });

  it('is nothing for a page to read', () => {
    expect(inWords({ id: 'page', kind: 'information' }, { text: 'Read', hint: 'On' }, {})).toEqual([]);
  });
});

describe('every page of the surveys that ship', () => {
  const surveys = readSurveyFolders();

  it.each(surveys.map((survey) => [survey.definition.id, survey] as const))('of %s can be used', (_id, survey) => {
    expect(survey.texts.length).toBeGreaterThan(1);
    for (const item of survey.definition.items) {
      for (const { items, language: code } of survey.texts) {
        const language = LANGUAGES.find((one) => one.code === code)!;
        for (const step of stepsOf(item)) {
          for (const level of LEVELS) {
            const text = atLevel(items[item.id]!, level);
            const view = drawStep(step, text, language, () => undefined, undefined, { symbols: true });
            const page = drawnHtml(view);
            expectUsable(page);
            expect(elements(page, 'h1')).toHaveLength(1);
            for (const { attributes } of elements(page, 'img')) expect(attributes.alt).toBe('');
          }
        }
      }
    }
  });
});
