import { describe, expect, it } from 'vitest';
import { codeWords, partWords, variableName, wordsAsked } from '../../../server/core/statistics/variable-words.ts';
import type { Variable } from '../../../server/core/survey/kinds.ts';
import type { Band } from '../../../server/core/survey/stage.ts';
import { surveyVariables } from '../../../server/core/survey/validate.ts';
import { EVERY_KIND, wordsFor } from '../../support/arbitrary-surveys.ts';

const words = wordsFor(EVERY_KIND, 'en');
const say = (phrase: string, values: Record<string, string> = {}) => [phrase, ...Object.values(values)].join('|');

function variable(id: string): Variable {
  const found = surveyVariables(EVERY_KIND).find((one) => one.id === id);
  if (!found) throw new Error(`The survey with every kind has no variable ${id}.`);
  return found;
}

const textOf = ({ question }: Variable) => words.items[question.id]!;
const nameOf = (id: string) => variableName(variable(id), textOf(variable(id)), say);
const codesOf = (id: string) => {
  const one = variable(id);
  return one.codes.map((code) => codeWords(one, textOf(one), code, say));
};

describe('the name of a variable', () => {
  it('is the question, with its row or ranked option', () => {
    expect(nameOf('mood')).toBe('en mood');
    expect(nameOf('school.lessons')).toBe('partName|en school|en school row.lessons');
    expect(nameOf('wishes.tree')).toBe('partName|en wishes|en wishes option.tree');
    expect(nameOf('place-older.air')).toBe('partName|en place-older|en place-older row.air');
    expect(partWords(variable('mood'), textOf(variable('mood')))).toBe('');
  });
});

describe('the words of a code', () => {
  it('are those of the option, the point or the group of numbers', () => {
    expect(codesOf('mood')).toEqual(['en mood option.good', 'en mood option.bad']);
    expect(codesOf('school.breaks')).toEqual(['en school option.often', 'en school option.never']);
    expect(codesOf('place.air')).toEqual(['en place option.1', 'en place option.2', 'en place option.3']);
    expect(codesOf('minutes')).toEqual(['none', 'some', 'many'].map((group) => `en minutes option.${group}`));
  });

  it('say at the two ends of a ladder or a wheel what they stand for', () => {
    expect(codesOf('steps').slice(0, 2)).toEqual(['optionEnd|0|en steps low', '1']);
    expect(codesOf('steps').at(-1)).toBe('optionEnd|10|en steps high');
    expect(codesOf('place-older.air')).toEqual([
      'optionEnd|1|en place-older low',
      ...['2', '3', '4', '5', '6'],
      'optionEnd|7|en place-older high',
    ]);
  });

  it('are phrases of their own for places and for what was written', () => {
    expect(codesOf('wishes.bus')).toEqual(['option-place-1', 'option-place-2', 'option-place-3', 'option-no-place']);
    expect(codesOf('few-words')).toEqual(['optionWritten']);
    expect(codesOf('many-words')).toEqual(['optionWritten']);
  });
});

describe('the words that a band read', () => {
  const { question } = variable('mood');
  const levels = { 'p5-p7': { text: 'for the youngest' }, 's4-s6': { text: 'for the oldest' } };
  const text = { ...words, items: { ...words.items, mood: { ...words.items['mood']!, levels } } };
  const texts = new Map([['en', text]]);
  const read = (stages: Band['stages'], survey = EVERY_KIND) =>
    wordsAsked(survey, question, { id: 'band', stages }, texts).get('en')?.text;

  it('are those of its level, if all of it reads at one', () => {
    expect(read(['P5', 'P6', 'P7'])).toBe('for the youngest');
    expect(read(['S4', 'S5'])).toBe('for the oldest');
    // Of P7 and S4 together nobody's own words stand for the others.
    expect(read(['P7', 'S4'])).toBe('en mood');
  });

  it('look at those stages of the band alone that are asked', () => {
    expect(read(['S3', 'S4'])).toBe('for the oldest');
  });

  it('are those for grown-ups where a survey has no stages', () => {
    const adult = { ...levels, adult: { text: 'for grown-ups' } };
    const ofAdults = { ...text, items: { mood: { ...words.items['mood']!, levels: adult } } };
    const survey = { ...EVERY_KIND, stages: [] };
    const band = { id: 'age-0-2', stages: [] };
    expect(wordsAsked(survey, question, band, new Map([['en', ofAdults]])).get('en')?.text).toBe('for grown-ups');
  });
});
