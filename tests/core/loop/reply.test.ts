import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionFaults } from '../../../server/core/loop/action.ts';
import { findingState, nextStep } from '../../../server/core/loop/chain.ts';
import { futureDateProblem } from '../../../server/core/loop/fields.ts';
import { REPLY_PARTS, replyFaults, type ReplyWords } from '../../../server/core/loop/reply.ts';

const today = '2026-05-01';
const text = { title: 'Safe', youSaid: 'Not always', weDid: 'Lights', why: 'It was dark' };
const complete: ReplyWords = {
  decision: 'doing',
  owner: 'Roads and Transport',
  nextUpdateOn: '2026-06-01',
  texts: { en: text, ar: text },
};

describe('an action', () => {
  it('needs a task, a lead and a date after today', () => {
    expect(actionFaults({ task: 'Lights', lead: 'Roads', dueOn: '2026-05-02' }, today)).toEqual([]);
    expect(actionFaults({ task: '', lead: 'x'.repeat(121), dueOn: today }, today)).toEqual([
      { field: 'task', problem: 'missing' },
      { field: 'lead', problem: 'too-long' },
      { field: 'dueOn', problem: 'not-in-future' },
    ]);
  });
});

describe('a date to come', () => {
  it.each([
    ['', 'missing'],
    ['1 June', 'not-a-date'],
    ['2026-02-30', 'not-a-date'],
    ['2026-13-01', 'not-a-date'],
    ['2026-04-30', 'not-in-future'],
    ['2026-05-01', 'not-in-future'],
    ['2026-05-02', undefined],
    ['2028-02-29', undefined],
  ])('%j gives %s', (date, problem) => {
    expect(futureDateProblem(date, today)).toBe(problem);
  });

  it('takes every real day after today', () => {
    const days = fc.date({
      min: new Date('2026-05-02T00:00:00Z'),
      max: new Date('2199-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(days, (day) => futureDateProblem(day.toISOString().slice(0, 10), today) === undefined));
  });
});

describe('a reply', () => {
  it('is complete with a decision, an owner, a next date and every part in every language', () => {
    expect(replyFaults(complete, ['en', 'ar'], today)).toEqual([]);
  });

  it('names each part that is missing in a language', () => {
    for (const part of REPLY_PARTS) {
      const reply = { ...complete, texts: { en: text, ar: { ...text, [part]: ' ' } } };
      expect(replyFaults(reply, ['en', 'ar'], today)).toEqual([{ field: `${part}-ar`, problem: 'missing' }]);
    }
    const english = { ...complete, texts: { en: text } };
    expect(replyFaults(english, ['en', 'ar'], today).map((fault) => fault.field)).toEqual([
      'title-ar',
      'youSaid-ar',
      'weDid-ar',
      'why-ar',
    ]);
  });

  it('lacks its next date again once that has come', () => {
    expect(replyFaults(complete, ['en', 'ar'], '2026-06-01')).toEqual([
      { field: 'nextUpdateOn', problem: 'not-in-future' },
    ]);
  });

  it('needs a decision and an owner', () => {
    expect(replyFaults({ ...complete, decision: undefined, owner: '' }, ['en'], today)).toEqual([
      { field: 'decision', problem: 'missing' },
      { field: 'owner', problem: 'missing' },
    ]);
  });
});

describe('the chain', () => {
  it('is as far as its last link', () => {
    expect(findingState({ actions: 0, replies: 0, published: 0 })).toBe('finding');
    expect(findingState({ actions: 2, replies: 0, published: 0 })).toBe('action');
    expect(findingState({ actions: 1, replies: 1, published: 0 })).toBe('reply');
    expect(findingState({ actions: 1, replies: 2, published: 1 })).toBe('published');
  });

  it('leads from an action to its reply and to publication, and ends before it where it cannot be public', () => {
    const published = { id: 'p', publishedAt: today };
    const waiting = { id: 'w', publishedAt: null };
    expect(nextStep([], true)).toEqual({ step: 'action' });
    expect(nextStep([{ id: 'a', replies: [] }], true)).toEqual({ step: 'reply', actionId: 'a' });
    expect(nextStep([{ id: 'a', replies: [published, waiting] }], true)).toEqual({ step: 'publication', replyId: 'w' });
    expect(nextStep([{ id: 'a', replies: [waiting] }], false)).toEqual({ step: 'none' });
    expect(nextStep([{ id: 'a', replies: [published] }], true)).toEqual({ step: 'none' });
  });
});
