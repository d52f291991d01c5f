import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOverdue,
  nextDue,
  promisesOf,
  together,
  type Promises,
  type ReplyRecord,
} from '../../../server/core/loop/promises.ts';

const reply: ReplyRecord = {
  isComplete: true,
  readingAge: 8,
  suitsAge: 8,
  clear: 3,
  notClear: 1,
  releasedAt: '2026-04-01T15:00:00.000Z',
  publishedAt: '2026-05-01T09:00:00.000Z',
  nextUpdateOn: '2026-06-01',
  updates: [],
};
const update = (day: string, nextUpdateOn: string | null) => ({ madeAt: `${day}T16:00:00.000Z`, nextUpdateOn });

describe('the promises of a reply', () => {
  it('are full, friendly, fast in days, and not yet due', () => {
    expect(promisesOf(reply, '2026-05-02')).toEqual({
      full: true,
      friendly: true,
      fastDays: 30,
      followedUp: 'waiting',
    });
  });

  it.each([
    ['words harder than their age', { readingAge: 9 }],
    ['words that nobody can judge', { readingAge: null }],
    ['no forum that has read it', { clear: 0, notClear: 0 }],
    ['a forum of two minds', { clear: 2, notClear: 2 }],
  ])('are not friendly with %s', (_why, change) => {
    expect(promisesOf({ ...reply, ...change }, '2026-05-02').friendly).toBe(false);
  });

  it('are kept up by news on its day, and late from the day after', () => {
    expect(promisesOf(reply, '2026-06-01').followedUp).toBe('waiting');
    expect(promisesOf(reply, '2026-06-02').followedUp).toBe('late');
    const onTheDay = { ...reply, updates: [update('2026-06-01', '2026-09-01')] };
    expect(promisesOf(onTheDay, '2026-09-01').followedUp).toBe('kept');
    expect(promisesOf(onTheDay, '2026-09-02').followedUp).toBe('late');
    const ended = { ...reply, updates: [update('2026-06-01', null)] };
    expect(promisesOf(ended, '2030-01-01').followedUp).toBe('kept');
    const tooLate = { ...reply, updates: [update('2026-06-02', null)] };
    expect(promisesOf(tooLate, '2026-06-03').followedUp).toBe('late');
    expect(isOverdue(tooLate, '2026-06-03')).toBe(false);
  });

  const day = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const civil = day.map((time) => time.slice(0, 10));
  const records = fc.record({
    isComplete: fc.boolean(),
    readingAge: fc.option(fc.integer({ min: 5, max: 18 })),
    suitsAge: fc.constantFrom(8, 11, 12),
    clear: fc.nat(9),
    notClear: fc.nat(9),
    releasedAt: day,
    publishedAt: day,
    nextUpdateOn: civil,
    updates: fc
      .array(fc.record({ madeAt: day, nextUpdateOn: fc.option(civil) }), { maxLength: 4 })
      .map((list) => list.toSorted((one, other) => one.madeAt.localeCompare(other.madeAt))),
  });

  it('once late stay late, whatever follows and however long it is', () => {
    fc.assert(
      fc.property(records, civil, civil, day, (record, today, later, madeAt) => {
        const [first, second] = [today, later].toSorted() as [string, string];
        if (promisesOf(record, first).followedUp !== 'late') return;
        const news = {
          madeAt: [madeAt, `${first}T23:59:59.999Z`, ...record.updates.map((one) => one.madeAt)].toSorted().at(-1)!,
          nextUpdateOn: null,
        };
        expect(promisesOf(record, second).followedUp).toBe('late');
        const added = { ...record, updates: [...record.updates, { ...news, madeAt: afterDue(record, news.madeAt) }] };
        expect(promisesOf(added, second).followedUp).toBe('late');
      }),
    );
  });

  it('are overdue exactly when the last promised day is over', () => {
    fc.assert(
      fc.property(records, civil, (record, today) => {
        const due = nextDue(record);
        expect(isOverdue(record, today)).toBe(due !== null && due < today);
        if (isOverdue(record, today)) expect(promisesOf(record, today).followedUp).toBe('late');
      }),
    );
  });

  it('never take fewer than no days', () => {
    fc.assert(fc.property(records, civil, (record, today) => promisesOf(record, today).fastDays >= 0));
  });
});

/** A time on the day after the promised one, or the time itself where that is later. */
function afterDue(record: ReplyRecord, time: string): string {
  const due = nextDue(record);
  if (due === null) return time;
  const next = new Date(Date.parse(due) + 24 * 60 * 60 * 1000).toISOString();
  return [next, time].toSorted().at(-1)!;
}

describe('the promises of a place', () => {
  it('count what is kept, of what is due for news, with the middle of the days', () => {
    const one: Promises = { full: true, friendly: false, fastDays: 40, followedUp: 'kept' };
    const all = [
      one,
      { ...one, full: false, fastDays: 10, followedUp: 'late' as const },
      { ...one, friendly: true, fastDays: 20, followedUp: 'waiting' as const },
    ];
    expect(together(all)).toEqual({ replies: 3, full: 2, friendly: 1, fastDays: 20, due: 2, followedUp: 1 });
    expect(together([])).toEqual({ replies: 0, full: 0, friendly: 0, fastDays: null, due: 0, followedUp: 0 });
  });
});
