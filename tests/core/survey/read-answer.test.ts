import { describe, expect, it } from 'vitest';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import { walk, type Step } from '../../../server/core/survey/journey.ts';
import { fieldOf, optOutValue, readAnswers, skipped } from '../../../server/core/survey/read-answer.ts';

const asked = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] } };
const choice: SurveyItem = {
  id: 'sleep',
  kind: 'one-choice',
  ...asked,
  optOuts: ['dont-know', 'prefer-not-to-say'],
  options: [{ code: 'well' }, { code: 'dont-know' }],
};
const ticks: SurveyItem = { ...choice, id: 'talk-to', kind: 'tick-all' };
const grid: SurveyItem = { ...choice, id: 'school', kind: 'grid', rows: [{ code: 'fair' }, { code: 'fun' }] };

/** The pages on which a pupil of this stage is asked an item. */
function pagesOf(item: SurveyItem, stage: 'P6' | 'S2'): Step[] {
  const survey: SurveyDefinition = {
    id: 'small',
    family: 'pupils',
    stages: [stage],
    reached: 'roll',
    items: [item],
    indicators: [],
  };
  return walk(survey, { stage, textAllowed: true, topics: [] }, {});
}
const pageOf = (item: SurveyItem) => pagesOf(item, 'S2')[0]!;
const read = (item: SurveyItem, ...answer: string[]) => readAnswers(pageOf(item), { answer });
const saying = (value: string | string[]) => ({ state: 'answered', value });

describe('what a question page says', () => {
  it('is an answer', () => {
    expect(read(choice, 'well')).toEqual({ answers: { sleep: saying('well') } });
    expect(read(ticks, 'well')).toEqual({ answers: { 'talk-to': saying(['well']) } });
  });

  it('is an opt-out, which no option of the same name can be mistaken for', () => {
    expect(read(choice, optOutValue('dont-know'))).toEqual({ answers: { sleep: { state: 'dont-know' } } });
    expect(read(choice, optOutValue('prefer-not-to-say'))).toEqual({
      answers: { sleep: { state: 'prefer-not-to-say' } },
    });
    expect(read(choice, 'dont-know')).toEqual({ answers: { sleep: saying('dont-know') } });
  });

  it('is not an opt-out together with anything else', () => {
    const fault = { fault: 'none-with-others', partId: 'talk-to' };
    expect(read(ticks, 'well', optOutValue('dont-know'))).toEqual(fault);
    expect(read(ticks, optOutValue('dont-know'), optOutValue('prefer-not-to-say'))).toEqual(fault);
  });

  it('is not an opt-out that this question does not offer', () => {
    const without: SurveyItem = { ...choice, optOuts: ['prefer-not-to-say'] };
    expect(read(without, optOutValue('dont-know'))).toMatchObject({ fault: 'unknown-option' });
    expect(read({ ...ticks, optOuts: [] }, optOutValue('prefer-not-to-say'))).toMatchObject({
      fault: 'unknown-option',
    });
  });

  it('is blank where nothing was chosen: only Skip skips', () => {
    expect(read(choice)).toEqual({ fault: 'blank', partId: 'sleep' });
    expect(read(choice, '')).toEqual({ fault: 'blank', partId: 'sleep' });
    expect(readAnswers(pageOf(ticks), {})).toEqual({ fault: 'blank', partId: 'talk-to' });
    expect(skipped(pageOf(choice))).toEqual({ sleep: { state: 'skipped' } });
  });

  it('is what the kind says about anything else', () => {
    expect(read(choice, 'blue')).toMatchObject({ fault: 'unknown-option' });
    expect(read(choice, 'well', 'well')).toMatchObject({ fault: 'more-than-one' });
  });

  it('of a page to read is that it was seen', () => {
    const page: SurveyItem = { id: 'more-personal', kind: 'information' };
    expect(read(page)).toEqual({ answers: { 'more-personal': { state: 'skipped' } } });
    expect(read(page, 'anything')).toEqual({ answers: { 'more-personal': { state: 'skipped' } } });
  });
});

describe('what a page with rows says', () => {
  const page = pageOf(grid);
  const rows = (fair: string[], fun: string[]) => readAnswers(page, { 'answer-fair': fair, 'answer-fun': fun });

  it('is an answer for each row, in a field of its own', () => {
    expect(page.parts.map((part) => fieldOf(page, part))).toEqual(['answer-fair', 'answer-fun']);
    expect(rows(['well'], [optOutValue('dont-know')])).toEqual({
      answers: { 'school.fair': saying('well'), 'school.fun': { state: 'dont-know' } },
    });
  });

  it('leaves a row skipped that was left blank beside another', () => {
    expect(rows([], ['well'])).toEqual({
      answers: { 'school.fair': { state: 'skipped' }, 'school.fun': saying('well') },
    });
  });

  it('is blank where all rows are, and names the row that cannot be', () => {
    expect(rows([], [''])).toEqual({ fault: 'blank', partId: 'school.fair' });
    expect(rows(['well'], ['blue'])).toEqual({ fault: 'unknown-option', partId: 'school.fun' });
  });

  it('is asked one row a page up to P7, in the same field as any other question', () => {
    const pages = pagesOf(grid, 'P6');
    expect(pages.map(({ id }) => id)).toEqual(['school.fair', 'school.fun']);
    expect(readAnswers(pages[1]!, { answer: ['well'] })).toEqual({ answers: { 'school.fun': saying('well') } });
  });
});
