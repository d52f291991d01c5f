import { describe, expect, it } from 'vitest';
import type { LatticeNode } from '../../../server/core/disclosure/lattice.ts';
import { sameQuestion, sameSchools, type AskedItem, type WaveSide } from '../../../server/core/statistics/waves.ts';
import type { GridQuestion } from '../../../server/core/survey/kinds/grid.ts';
import type { OneChoiceQuestion } from '../../../server/core/survey/kinds/one-choice.ts';

const QUESTION: OneChoiceQuestion = {
  kind: 'one-choice',
  id: 'feel-safe',
  tags: { domain: 'local-area', shanarri: ['safe'], uncrc: [19] },
  optOuts: ['dont-know'],
  options: [{ code: 'always' }, { code: 'never' }],
};
const ENGLISH = { text: 'Do you feel safe?', options: { always: 'Always', never: 'Never' } };

function side(change: Partial<AskedItem> = {}, stages: ('P5' | 'P6' | 'P7')[] = ['P5', 'P6', 'P7']): WaveSide {
  const asked: AskedItem = {
    question: QUESTION,
    part: null,
    indicator: { id: 'feels-safe', question: 'feel-safe', anyOf: ['always'] },
    words: new Map([['en', ENGLISH]]),
    ...change,
  };
  return { band: { id: 'p5-p7', stages }, asked };
}

describe('a question in two waves', () => {
  it('is the same however its keys are ordered, its tags sorted, or a language added', () => {
    const { id, kind, tags, options, optOuts } = QUESTION;
    const again: OneChoiceQuestion = { options, optOuts, tags: { ...tags, shanarri: [] }, id, kind };
    const words = new Map([
      ['en', { options: ENGLISH.options, text: ENGLISH.text }],
      ['gd', { text: 'A bheil thu sàbhailte?' }],
    ]);
    expect(sameQuestion(side(), side({ question: again, words }))).toBe(true);
  });

  it.each<[string, WaveSide]>([
    ['one word', side({ words: new Map([['en', { ...ENGLISH, text: 'Do you feel safe here?' }]]) })],
    [
      'the words of an option',
      side({ words: new Map([['en', { ...ENGLISH, options: { always: 'Yes', never: 'No' } }]]) }),
    ],
    ['the options', side({ question: { ...QUESTION, options: [{ code: 'always' }, { code: 'no' }] } })],
    ['who it is put to', side({ question: { ...QUESTION, when: { question: 'club', anyOf: ['no'] } } })],
    ['what the indicator counts', side({ indicator: { id: 'feels-safe', question: 'feel-safe', anyOf: ['never'] } })],
    ['the stages of the band', side({}, ['P6', 'P7'])],
    ['every language', side({ words: new Map([['gd', ENGLISH]]) })],
  ])('is another one if %s changed', (_what, then) => {
    expect(sameQuestion(side(), then)).toBe(false);
  });

  it('is not the same as one that was not asked', () => {
    expect(sameQuestion(side(), { band: undefined, asked: undefined })).toBe(false);
  });
});

describe('a row in two waves', () => {
  const grid: GridQuestion = {
    kind: 'grid',
    id: 'school',
    tags: QUESTION.tags,
    optOuts: [],
    rows: [{ code: 'lessons' }, { code: 'breaks' }],
    options: [{ code: 'often' }, { code: 'never' }],
  };
  const words = (rows: Record<string, string>, text = 'How is school?') =>
    new Map([['en', { text, options: { often: 'Often', never: 'Never' }, rows }]]);
  const row = (change: Partial<AskedItem> = {}): WaveSide => {
    const asked = { question: grid, part: 'lessons', words: words({ lessons: 'Lessons', breaks: 'Breaks' }) };
    return side({ ...asked, indicator: undefined, ...change });
  };

  it('is the same although another row came, went or changed', () => {
    const more = { ...grid, rows: [...grid.rows, { code: 'food' }] };
    const added = words({ lessons: 'Lessons', breaks: 'Breaks', food: 'Food' });
    expect(sameQuestion(row(), row({ question: more, words: added }))).toBe(true);
    expect(sameQuestion(row(), row({ words: words({ lessons: 'Lessons', breaks: 'Playtime' }) }))).toBe(true);
  });

  it.each<[string, Partial<AskedItem>]>([
    ['its words', { words: words({ lessons: 'Classes', breaks: 'Breaks' }) }],
    ['the words of the question', { words: words({ lessons: 'Lessons', breaks: 'Breaks' }, 'How was school?') }],
    ['the options', { question: { ...grid, options: [{ code: 'often' }, { code: 'rarely' }] } }],
    ['the row', { part: 'breaks' }],
  ])('is another one if %s changed', (_what, change) => {
    expect(sameQuestion(row(), row(change))).toBe(false);
  });

  it('that is an option of a ranking is another one beside other options', () => {
    const { tags } = QUESTION;
    const options = [{ code: 'bus' }, { code: 'lamp' }, { code: 'tree' }];
    const ranking = (all: { code: string }[]): WaveSide =>
      row({ question: { kind: 'ranking', id: 'wish', tags, optOuts: [], places: 2, options: all }, part: 'bus' });
    expect(sameQuestion(ranking(options), ranking(options))).toBe(true);
    expect(sameQuestion(ranking(options), ranking([...options, { code: 'pool' }]))).toBe(false);
  });
});

describe('the schools of a place', () => {
  const node = (...schools: string[]): LatticeNode => ({
    id: 'cluster:a',
    kind: 'cluster',
    code: 'a',
    name: 'A',
    schools,
  });

  it('are the same in any order, and not if one came, went or the place is new', () => {
    expect(sameSchools(node('x', 'y'), node('y', 'x'))).toBe(true);
    expect(sameSchools(node('x', 'y'), node('x'))).toBe(false);
    expect(sameSchools(node('x'), node('x', 'y'))).toBe(false);
    expect(sameSchools(node('x'), undefined)).toBe(false);
  });
});
