import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionFaults } from '../../../server/core/loop/action.ts';
import { findingState, nextStep } from '../../../server/core/loop/chain.ts';
import { futureDateProblem } from '../../../server/core/loop/fields.ts';
import {
  keepingFaults,
  partsFor,
  READERS,
  REPLY_PARTS,
  replyFaults,
  type ReplyWords,
} from '../../../server/core/loop/reply.ts';

const today = '2026-05-01';
const text = { title: 'Safe', youSaid: 'Not always', considered: 'A shelter', weDid: 'Lights', why: 'It was dark' };
const both = { en: text, ar: text };
const complete: ReplyWords = {
  decision: 'doing',
  owner: 'Roads and Transport',
  dueOn: '2026-05-20',
  nextUpdateOn: '2026-06-01',
  texts: { child: both, adult: both, 'easy-read': both },
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

  it('names each part that is missing for a reader in a language', () => {
    for (const reader of READERS) {
      for (const part of REPLY_PARTS) {
        const texts = { ...complete.texts, [reader]: { en: text, ar: { ...text, [part]: ' ' } } };
        const expected = partsFor(reader).includes(part) ? [{ field: `${part}-${reader}-ar`, problem: 'missing' }] : [];
        expect(replyFaults({ ...complete, texts }, ['en', 'ar'], today)).toEqual(expected);
      }
    }
    const english = { ...complete, texts: { ...complete.texts, 'easy-read': { en: text } } };
    expect(replyFaults(english, ['en', 'ar'], today).map((fault) => fault.field)).toEqual([
      'title-easy-read-ar',
      'youSaid-easy-read-ar',
      'weDid-easy-read-ar',
      'why-easy-read-ar',
    ]);
  });

  it('may be kept unfinished, but never without its decision or its reason', () => {
    const blank: ReplyWords = {
      decision: undefined,
      owner: '',
      dueOn: '',
      nextUpdateOn: '',
      texts: { child: {}, adult: {}, 'easy-read': {} },
    };
    expect(keepingFaults(blank, ['en', 'ar']).map(({ field }) => field)).toEqual(['decision', 'why-child-en']);
    const begun = {
      ...blank,
      decision: 'no' as const,
      texts: { ...blank.texts, child: { en: { ...text, title: '' } } },
    };
    expect(keepingFaults(begun, ['en', 'ar'])).toEqual([]);
    const unreasoned = { ...begun, texts: { ...begun.texts, adult: { ar: { ...text, why: '' } } } };
    expect(keepingFaults(unreasoned, ['en', 'ar'])).toEqual([{ field: 'why-adult-ar', problem: 'missing' }]);
    expect(keepingFaults({ ...begun, dueOn: '2026-02-30' }, ['en'])).toEqual([
      { field: 'dueOn', problem: 'not-a-date' },
    ]);
  });

  it('has a day for what is done, which may have been, and none where nothing is', () => {
    const due = (decision: 'part' | 'no', dueOn: string) =>
      replyFaults({ ...complete, decision, dueOn }, ['en', 'ar'], today);
    expect(due('part', '')).toEqual([{ field: 'dueOn', problem: 'missing' }]);
    expect(due('part', '2026-03-01')).toEqual([]);
    expect(due('no', '')).toEqual([]);
    expect(due('no', 'soon')).toEqual([{ field: 'dueOn', problem: 'not-a-date' }]);
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
