import { describe, expect, it } from 'vitest';
import { asksBand, isOpenFamily, openBands } from '../../../server/core/fieldwork/open-family.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';

const tags = { domain: 'about-you' as const, shanarri: [], uncrc: [] };
const OPEN: SurveyDefinition = {
  id: 'parents',
  family: 'parents',
  stages: [],
  reached: 'open',
  bandQuestion: 'age',
  items: [
    { id: 'play', kind: 'one-choice', tags, optOuts: [], options: [{ code: 'yes' }, { code: 'no' }] },
    { id: 'age', kind: 'one-choice', tags, optOuts: [], options: [{ code: 'age-0-2' }, { code: 'age-3-5' }] },
  ],
  indicators: [],
};
const ROLL: SurveyDefinition = { ...OPEN, id: 'pupils', stages: ['P5'], reached: 'roll' };

describe('a family', () => {
  it('is open when all its surveys are, with nobody asked by stage', () => {
    expect(isOpenFamily([OPEN])).toBe(true);
    expect(isOpenFamily([OPEN, { ...OPEN, id: 'parents-easy' }])).toBe(true);
  });

  it.each<[string, SurveyDefinition[]]>([
    ['has no survey', []],
    ['is asked at schools', [ROLL]],
    ['has one survey asked at schools', [OPEN, ROLL]],
    ['is open to pupils of some stages', [{ ...OPEN, stages: ['S1'] }]],
  ])('is not open when it %s', (_what, definitions) => {
    expect(isOpenFamily(definitions)).toBe(false);
  });
});

describe('bands of an open family', () => {
  it('are the answers to the question that bands are read from, once each and in order', () => {
    const other: SurveyDefinition = { ...OPEN, id: 'parents-easy' };
    expect(openBands([OPEN, other])).toEqual([
      { id: 'age-0-2', stages: [] },
      { id: 'age-3-5', stages: [] },
    ]);
  });

  it('are none where no question gives them', () => {
    const without = structuredClone(OPEN);
    delete without.bandQuestion;
    expect(openBands([without])).toEqual([]);
    expect(openBands([{ ...OPEN, bandQuestion: 'gone' }])).toEqual([]);
  });
});

describe('a question of an open family', () => {
  const routed = (question: string, anyOf: string[]) => ({ when: { question, anyOf } });
  const nursery = {
    id: 'nursery',
    kind: 'one-choice' as const,
    tags,
    optOuts: [],
    options: [{ code: 'yes' }, { code: 'no' }],
    ...routed('age', ['age-3-5']),
  };
  const survey = { ...OPEN, items: [...OPEN.items, nursery] };
  const bandsOf = (question: Parameters<typeof asksBand>[1], of = survey) =>
    ['age-0-2', 'age-3-5'].filter((band) => asksBand(of, question, band));

  it('comes to the bands that a route from their question leads to, by way of others too', () => {
    expect(bandsOf({})).toEqual(['age-0-2', 'age-3-5']);
    expect(bandsOf(nursery)).toEqual(['age-3-5']);
    expect(bandsOf(routed('nursery', ['yes']))).toEqual(['age-3-5']);
    expect(bandsOf(routed('play', ['yes']))).toEqual(['age-0-2', 'age-3-5']);
  });

  it('comes to all bands where stages make them', () => {
    const without = structuredClone(survey);
    delete without.bandQuestion;
    expect(bandsOf(nursery, without)).toEqual(['age-0-2', 'age-3-5']);
  });
});
