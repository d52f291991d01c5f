import { describe, expect, it } from 'vitest';
import type { SurveyItem } from '../../../server/core/survey/definition.ts';
import { optOutValue, readAnswer } from '../../../server/core/survey/read-answer.ts';

const asked = { tags: { domain: 'friends' as const, shanarri: [], uncrc: [] } };
const choice: SurveyItem = {
  id: 'sleep',
  kind: 'one-choice',
  ...asked,
  optOuts: ['dont-know', 'prefer-not-to-say'],
  options: [{ code: 'well' }, { code: 'dont-know' }],
};
const ticks: SurveyItem = { ...choice, id: 'talk-to', kind: 'tick-all' };
const read = (item: SurveyItem, ...answer: string[]) => readAnswer(item, { answer });

describe('what a question page says', () => {
  it('is an answer', () => {
    expect(read(choice, 'well')).toEqual({ answer: { state: 'answered', value: 'well' } });
    expect(read(ticks, 'well')).toEqual({ answer: { state: 'answered', value: ['well'] } });
  });

  it('is an opt-out, which no option of the same name can be mistaken for', () => {
    expect(read(choice, optOutValue('dont-know'))).toEqual({ answer: { state: 'dont-know' } });
    expect(read(choice, optOutValue('prefer-not-to-say'))).toEqual({ answer: { state: 'prefer-not-to-say' } });
    expect(read(choice, 'dont-know')).toEqual({ answer: { state: 'answered', value: 'dont-know' } });
  });

  it('is not an opt-out together with anything else', () => {
    expect(read(ticks, 'well', optOutValue('dont-know'))).toEqual({ fault: 'none-with-others' });
    expect(read(ticks, optOutValue('dont-know'), optOutValue('prefer-not-to-say'))).toEqual({
      fault: 'none-with-others',
    });
  });

  it('is not an opt-out that this question does not offer', () => {
    const without: SurveyItem = { ...choice, optOuts: ['prefer-not-to-say'] };
    expect(read(without, optOutValue('dont-know'))).toEqual({ fault: 'unknown-option' });
    expect(read({ ...ticks, optOuts: [] }, optOutValue('prefer-not-to-say'))).toEqual({ fault: 'unknown-option' });
  });

  it('is blank where nothing was chosen: only Skip skips', () => {
    expect(read(choice)).toEqual({ fault: 'blank' });
    expect(read(choice, '')).toEqual({ fault: 'blank' });
    expect(readAnswer(ticks, {})).toEqual({ fault: 'blank' });
  });

  it('is what the kind says about anything else', () => {
    expect(read(choice, 'blue')).toEqual({ fault: 'unknown-option' });
    expect(read(choice, 'well', 'well')).toEqual({ fault: 'more-than-one' });
  });

  it('of a page to read is that it was seen', () => {
    const page: SurveyItem = { id: 'more-personal', kind: 'information' };
    expect(read(page)).toEqual({ answer: { state: 'skipped' } });
    expect(read(page, 'anything')).toEqual({ answer: { state: 'skipped' } });
  });
});
