import { describe, expect, it } from 'vitest';
import type { LatticeNode } from '../../../server/core/disclosure/lattice.ts';
import { comparabilityOf, sameSchools, type AskedItem, type WaveSide } from '../../../server/core/statistics/waves.ts';
import type { Comparability } from '../../../server/core/survey/comparability.ts';
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
    expect(comparabilityOf(side(), side({ question: again, words }))).toBe('same');
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
    expect(comparabilityOf(side(), then)).toBe('new');
  });

  it('is not the same as one that was not asked', () => {
    expect(comparabilityOf(side(), { band: undefined, asked: undefined })).toBe('new');
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
    expect(comparabilityOf(row(), row({ question: more, words: added }))).toBe('same');
    expect(comparabilityOf(row(), row({ words: words({ lessons: 'Lessons', breaks: 'Playtime' }) }))).toBe('same');
  });

  it.each<[string, Partial<AskedItem>]>([
    ['its words', { words: words({ lessons: 'Classes', breaks: 'Breaks' }) }],
    ['the words of the question', { words: words({ lessons: 'Lessons', breaks: 'Breaks' }, 'How was school?') }],
    ['the options', { question: { ...grid, options: [{ code: 'often' }, { code: 'rarely' }] } }],
    ['the row', { part: 'breaks' }],
  ])('is another one if %s changed', (_what, change) => {
    expect(comparabilityOf(row(), row(change))).toBe('new');
  });

  it('that is an option of a ranking is another one beside other options', () => {
    const { tags } = QUESTION;
    const options = [{ code: 'bus' }, { code: 'lamp' }, { code: 'tree' }];
    const ranking = (all: { code: string }[]): WaveSide =>
      row({ question: { kind: 'ranking', id: 'wish', tags, optOuts: [], places: 2, options: all }, part: 'bus' });
    expect(comparabilityOf(ranking(options), ranking(options))).toBe('same');
    expect(comparabilityOf(ranking(options), ranking([...options, { code: 'pool' }]))).toBe('new');
  });
});

describe('other words', () => {
  const then = { words: new Map([['en', { ...ENGLISH, text: 'Do you feel safe here?' }]]) };
  const published = (number: number, declared: [number, Comparability][] = []) => ({
    published: { surveyId: 'primary', number, declared: new Map(declared) },
  });

  it.each<[string, Comparability, [number, Comparability][]]>([
    ['are as good as was declared', 'reworded', [[2, 'reworded']]],
    ['are the same where only a slip was put right', 'same', [[2, 'same']]],
    [
      'are as good as the worst of all versions between',
      'reworded',
      [
        [2, 'same'],
        [3, 'reworded'],
        [4, 'same'],
      ],
    ],
    [
      'are another question after a version that made it one',
      'new',
      [
        [2, 'reworded'],
        [3, 'new'],
      ],
    ],
  ])('%s', (_what, expected, declared) => {
    const now = side(published(1 + declared.length, declared));
    expect(comparabilityOf(now, side({ ...then, ...published(1) }))).toBe(expected);
  });

  it('count nothing before the wave set beside it', () => {
    const now = side(
      published(4, [
        [2, 'new'],
        [3, 'same'],
        [4, 'reworded'],
      ]),
    );
    expect(comparabilityOf(now, side({ ...then, ...published(2) }))).toBe('reworded');
  });

  it('are another question where nobody declared anything, or another survey asked', () => {
    expect(comparabilityOf(side(published(3, [[3, 'same']])), side({ ...then, ...published(1) }))).toBe('new');
    const elsewhere = { published: { ...published(1).published, surveyId: 'easy-read' } };
    expect(comparabilityOf(side(published(2, [[2, 'same']])), side({ ...then, ...elsewhere }))).toBe('new');
  });

  it('leave the same words the same, whatever was declared between', () => {
    expect(comparabilityOf(side(published(2, [[2, 'reworded']])), side(published(1)))).toBe('same');
  });

  it('cannot make other answers comparable', () => {
    const answers = { question: { ...QUESTION, options: [{ code: 'always' }, { code: 'no' }] } };
    const other = side({ ...answers, ...published(1) });
    expect(comparabilityOf(side(published(2, [[2, 'same']])), other)).toBe('new');
  });

  it('are no matter where only a symbol was put beside them and that was declared so', () => {
    const drawn = { question: { ...QUESTION, symbol: 'park' } };
    expect(comparabilityOf(side(drawn), side())).toBe('new');
    expect(comparabilityOf(side({ ...drawn, ...published(2, [[2, 'same']]) }), side(published(1)))).toBe('same');
  });

  it('of one question are told of a count that is worked out from it', () => {
    const whole = (text: string, number: number, rule = 3): WaveSide => {
      const words = new Map([['en', { ...ENGLISH, text }]]);
      const part = side({ words, ...published(number, [[2, 'reworded']]) }).asked!;
      return side({ workedOut: { rule, from: [part] } });
    };
    expect(comparabilityOf(whole('Do you feel safe?', 2), whole('Do you feel safe?', 1))).toBe('same');
    expect(comparabilityOf(whole('Do you feel safe?', 2), whole('Are you safe?', 1))).toBe('reworded');
    expect(comparabilityOf(whole('Do you feel safe?', 2), whole('Do you feel safe?', 1, 4))).toBe('new');
    const fewer = side({ workedOut: { rule: 3, from: [] } });
    expect(comparabilityOf(whole('Do you feel safe?', 2), fewer)).toBe('new');
    expect(comparabilityOf(fewer, whole('Do you feel safe?', 1))).toBe('new');
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
