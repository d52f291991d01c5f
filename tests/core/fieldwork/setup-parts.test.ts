import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isDay,
  PART_FIELDS,
  readPart,
  type FieldId,
  type FormPart,
} from '../../../server/core/fieldwork/setup-parts.ts';
import { ARTICLE_9, SCHEDULE_1, SCHEDULE_1_OF } from '../../../server/core/fieldwork/setup.ts';

const AGAINST = { today: '2026-05-01', startsOn: '2026-05-11', endsOn: '2026-06-30', contacts: 'hash', asked: 'this' };
const PARTS = Object.keys(PART_FIELDS) as FormPart[];

describe('a day', () => {
  it.each(['2026-05-01', '2028-02-29'])('%s is one', (text) => expect(isDay(text)).toBe(true));
  it.each(['', '2026-02-29', '2026-13-01', '2026-5-1', '1 May', '2026-05-01T00:00', '+02026-05-01'])(
    '%j is none',
    (text) => expect(isDay(text)).toBe(false),
  );
});

describe('the form of a step', () => {
  it('says of every empty field that it is missing, all at once', () => {
    for (const part of PARTS) {
      const reading = readPart(part, {}, AGAINST);
      const fields = 'faults' in reading ? reading.faults.map(({ field }) => field) : [];
      expect(fields, part).toEqual(PART_FIELDS[part].map(({ id }) => id));
    }
  });

  it('never breaks on what somebody types, and never keeps a field that it does not have', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('2026-05-01', '80', 'none', 'consent', 'talk-first', '     '));
    const typed = fc.dictionary(fc.constantFrom<FieldId>('percent', 'checkedOn', 'optOutsUntil', 'article9'), text);
    fc.assert(
      fc.property(fc.constantFrom(...PARTS), typed, (part, fields) => {
        const reading = readPart(part, fields, AGAINST);
        if ('faults' in reading) expect(reading.faults.length).toBeGreaterThan(0);
        else expect(Object.keys(reading.content).length).toBeGreaterThanOrEqual(PART_FIELDS[part].length);
      }),
    );
  });

  it('takes the conditions of Schedule 1 that go with that of Article 9 and no others', () => {
    for (const article9 of ARTICLE_9)
      for (const schedule1 of SCHEDULE_1) {
        const reading = readPart('conditions', { article6: 'consent', article9, schedule1 }, AGAINST);
        expect('content' in reading, `${article9} ${schedule1}`).toBe(SCHEDULE_1_OF[article9].includes(schedule1));
      }
  });

  it('ties help contacts to those that were shown', () => {
    const typed = { checkedBy: ' wellbeing lead ', checkedOn: '2026-05-01' };
    expect(readPart('help', typed, AGAINST)).toEqual({
      content: { checkedBy: 'wellbeing lead', checkedOn: '2026-05-01', contacts: 'hash' },
    });
  });

  it('ties the assessment to what was asked, and takes no review that is older than five years', () => {
    const reviewed = (reviewedOn: string) => readPart('assessment', { reviewedBy: 'officer', reviewedOn }, AGAINST);
    const content = { reviewedBy: 'officer', reviewedOn: '2021-05-01', asked: 'this' };
    expect(reviewed('2021-05-01')).toEqual({ content });
    expect(reviewed('2021-04-30')).toEqual({ faults: [{ field: 'reviewedOn', fault: 'too-long-ago' }] });
    expect(reviewed('2026-05-02')).toEqual({ faults: [{ field: 'reviewedOn', fault: 'in-the-future' }] });
  });

  it('keeps no answers for more than ten years', () => {
    const kept = (retainedUntil: string) => readPart('retention', { retainedUntil }, AGAINST);
    expect('content' in kept('2036-06-30')).toBe(true);
    expect(kept('2036-07-01')).toEqual({ faults: [{ field: 'retainedUntil', fault: 'too-late' }] });
  });

  it('holds days against those of the wave, as far as they are settled', () => {
    const until = (optOutsUntil: string, startsOn = AGAINST.startsOn) =>
      readPart('opting-out', { optOutsUntil, disagreement: 'either-no' }, { ...AGAINST, startsOn });
    expect('content' in until('2026-05-10')).toBe(true);
    expect(until('2026-05-11')).toEqual({ faults: [{ field: 'optOutsUntil', fault: 'not-before-start' }] });
    expect('content' in until('2026-05-11', '')).toBe(true);
    const kept = (retainedUntil: string, endsOn = AGAINST.endsOn) =>
      readPart('retention', { retainedUntil }, { ...AGAINST, endsOn });
    expect('content' in kept('2026-07-01')).toBe(true);
    expect(kept('2026-06-30')).toEqual({ faults: [{ field: 'retainedUntil', fault: 'not-after-end' }] });
    expect(kept('2026-05-01', '')).toEqual({ faults: [{ field: 'retainedUntil', fault: 'not-after-end' }] });
  });
});
