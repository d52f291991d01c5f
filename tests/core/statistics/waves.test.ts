import { describe, expect, it } from 'vitest';
import type { LatticeNode } from '../../../server/core/disclosure/lattice.ts';
import { sameQuestion, sameSchools, type AskedItem, type WaveSide } from '../../../server/core/statistics/waves.ts';
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
