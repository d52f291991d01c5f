import { describe, expect, it } from 'vitest';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import type { SurveyText } from '../../../server/core/survey/text.ts';
import { definitionFaults, questionsOf, textFaults } from '../../../server/core/survey/validate.ts';
import { SHIPPED, shipped } from '../../support/arbitrary-surveys.ts';

const asked = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] }, optOuts: [] };
const options = [{ code: 'yes' }, { code: 'no' }];
const club: SurveyItem = { id: 'club', kind: 'one-choice', ...asked, options };
const why: SurveyItem = { id: 'why', kind: 'ladder', ...asked, when: { question: 'club', anyOf: ['no'] } };
const nights = { id: 'nights', kind: 'number' as const, ...asked, least: 0, most: 7 };
const page: SurveyItem = { id: 'page', kind: 'information' };

const SOUND: SurveyDefinition = {
  id: 'small',
  family: 'pupils',
  stages: ['P6', 'P7'],
  reached: 'roll',
  items: [club, why, page],
  indicators: [{ id: 'goes', question: 'club', anyOf: ['yes'] }],
};

const WORDS: SurveyText = {
  language: 'en',
  status: 'drafted',
  name: 'Small',
  items: {
    club: { text: 'Do you go to a club?', options: { yes: 'Yes', no: 'No' } },
    why: { text: 'How much would you like to?', low: 'Not', high: 'A lot' },
    page: { text: 'Next', hint: 'More to come.' },
  },
  indicators: { goes: { name: 'Goes to a club', statement: 'go to a club' } },
};

describe('a survey', () => {
  it('is sound as shipped', () => {
    for (const survey of SHIPPED) expect(definitionFaults(survey)).toEqual([]);
    expect(definitionFaults(SOUND)).toEqual([]);
  });

  it.each<[string, Partial<SurveyDefinition>, string[]]>([
    ['an id twice', { items: [club, why, page, club] }, ['item "club" stands twice: give each item an id of its own']],
    [
      'an option twice',
      { items: [{ ...club, options: [...options, { code: 'yes' }] }, why] },
      ['item "club" has the option "yes" twice'],
    ],
    [
      'a stage that is not asked',
      { items: [{ ...club, stages: ['P7', 'S1'] }] },
      ['item "club" is for S1, which the survey is not asked of'],
    ],
    [
      'a route from nowhere',
      { items: [page, why, club] },
      ['item "why" depends on "club", which does not come before it'],
    ],
    [
      'a route from itself',
      { items: [{ ...club, when: { question: 'club', anyOf: ['yes'] } }] },
      ['item "club" depends on "club", which does not come before it'],
    ],
    [
      'a route from an answer that nobody can give',
      { items: [club, { ...why, when: { question: 'club', anyOf: ['no', 'maybe'] } }] },
      ['the route to "why" names "maybe", which "club" does not offer (it has yes, no)'],
    ],
    [
      'an indicator of no question',
      { indicators: [{ id: 'goes', question: 'clubs', anyOf: ['yes'] }] },
      ['indicator "goes" reads an unknown question "clubs"'],
    ],
    [
      'an indicator of an unknown answer',
      { indicators: [{ id: 'goes', question: 'club', anyOf: ['often'] }] },
      ['indicator "goes" names "often", which "club" does not offer (it has yes, no)'],
    ],
    [
      'an indicator named like a question',
      { indicators: [{ id: 'club', question: 'club', anyOf: ['yes'] }] },
      ['indicator "club" has the id of an item: rename it'],
    ],
    [
      'a section that it does not name',
      { items: [{ ...club, section: 'private' }] },
      ['item "club" is in the section "private", which the survey does not name'],
    ],
    [
      'a route across the edge of an unlinked section',
      { sections: [{ id: 'private', unlinked: true }], items: [club, { ...why, section: 'private' }] },
      ['item "why" depends on "club" across the edge of an unlinked section'],
    ],
    [
      'a route from rows',
      { items: [{ ...club, kind: 'grid', rows: [{ code: 'one' }, { code: 'two' }] }, why], indicators: [] },
      ['item "why" depends on "club", which is answered in rows or not at all'],
    ],
    [
      'numbers that no group counts',
      {
        items: [
          club,
          {
            ...nights,
            groups: [
              { code: 'none', from: 0, to: 0 },
              { code: 'some', from: 2, to: 7 },
            ],
          },
        ],
      },
      ['item "nights" has groups with a gap or an overlap at 1: each number belongs to one group'],
    ],
    [
      'numbers beyond the last group',
      {
        items: [
          club,
          {
            ...nights,
            groups: [
              { code: 'none', from: 0, to: 0 },
              { code: 'some', from: 1, to: 6 },
            ],
          },
        ],
      },
      ['item "nights" has groups that end at 6, expected 7'],
    ],
    [
      'bands from a question without one choice',
      { bandQuestion: 'why' },
      ['the bands come from "why", which is no question with one choice'],
    ],
    ['a roll and no stages', { stages: [] }, ['the survey is asked of everybody on a roll but names no stages']],
  ])('with %s is told so', (_what, change, faults) => {
    expect(definitionFaults({ ...SOUND, ...change })).toEqual(faults);
  });

  it('may have an indicator on a row', () => {
    const grid: SurveyItem = { ...club, kind: 'grid', rows: [{ code: 'one' }, { code: 'two' }] };
    const goes = (question: string) => ({
      ...SOUND,
      items: [grid],
      indicators: [{ id: 'goes', question, anyOf: ['yes'] }],
    });
    expect(definitionFaults(goes('club.two'))).toEqual([]);
    expect(definitionFaults(goes('club.three'))).toEqual(['indicator "goes" reads an unknown question "club.three"']);
  });

  it('is told every fault at once', () => {
    const indicators = [{ id: 'club', question: 'clubs', anyOf: ['yes'] }];
    expect(definitionFaults({ ...SOUND, items: [club, club], indicators })).toHaveLength(3);
  });

  it.each<[string, unknown, RegExp]>([
    ['without items', { ...SOUND, items: [] }, /^\/items /],
    ['with a field that nobody knows', { ...SOUND, colour: 'blue' }, /\(whole file\)|colour/],
    ['with an id in capitals', { ...SOUND, id: 'Small' }, /^\/id /],
    ['that is a list', [], /\(whole file\)/],
    ['that is nothing', null, /\(whole file\)/],
  ])('%s is told where its shape is wrong', (_what, definition, fault) => {
    const faults = definitionFaults(definition);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).toMatch(fault);
  });

  it('has its questions without the pages to read', () => {
    expect(questionsOf(SOUND).map((item) => item.id)).toEqual(['club', 'why']);
    expect(questionsOf(shipped('primary')).some((item) => item.id === 'more-personal')).toBe(false);
  });
});

describe('the words of a survey', () => {
  const { club: clubWords, ...others } = WORDS.items;
  const without = { ...WORDS, items: others };

  it('are complete', () => {
    expect(textFaults(SOUND, WORDS)).toEqual([]);
  });

  it.each<[string, SurveyText, string[]]>([
    ['a missing item', without, ['item "club" has no words']],
    [
      'a missing option',
      { ...WORDS, items: { ...WORDS.items, club: { text: 'Do you?', options: { yes: 'Yes' } } } },
      ['item "club" has no words for option "no"'],
    ],
    ['a missing indicator', { ...WORDS, indicators: {} }, ['indicator "goes" has no words']],
    [
      'words for an unknown item',
      { ...WORDS, items: { ...WORDS.items, clubs: clubWords! } },
      ['words for an unknown item "clubs"'],
    ],
    [
      'words for an unknown indicator',
      { ...WORDS, indicators: { ...WORDS.indicators, stays: { name: 'Stays', statement: 'stay' } } },
      ['words for an unknown indicator "stays"'],
    ],
  ])('with %s are told so', (_what, text, faults) => {
    expect(textFaults(SOUND, text)).toEqual(faults);
  });

  it('are never empty', () => {
    expect(textFaults(SOUND, { ...WORDS, name: '' }).join()).toMatch(/^\/name /);
    expect(textFaults(SOUND, { ...WORDS, status: 'finished' }).join()).toMatch(/\/status/);
  });
});
