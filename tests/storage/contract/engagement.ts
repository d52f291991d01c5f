import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_CHECK } from '../../../server/core/loop/engagement/check.ts';
import { emptyEntry } from '../../../server/core/loop/engagement/entry.ts';
import { createEngagement, entriesAbout, type Engagement } from '../../../server/storage/engagement.ts';
import { AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const OTHER = 'otherglen';
const AT = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';
const words = (title: string, from = '2026-04-01') => ({ ...emptyEntry('authority'), title, from });
const entry = (id: string, authorityId = AUTHORITY_ID) => ({ id, authorityId, begunFrom: null, words: words(id) });

export function engagementContract(openDatabaseForTest: OpenDatabase): void {
  describe('the engagement record', () => {
    let test: TestDatabase;
    let record: Engagement;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, OTHER);
      record = createEngagement(test.database);
    });
    afterAll(() => test.end());

    it('makes an entry once, however often it is sent, for its authority alone', async () => {
      expect(await record.make({ ...entry('one'), begunFrom: 'wave:w1' }, null, AT)).toBe('written');
      expect(await record.make({ ...entry('one'), begunFrom: 'wave:w1' }, null, LATER)).toBe('same');
      await record.make(entry('elsewhere', OTHER), null, AT);
      expect(await record.list(AUTHORITY_ID)).toMatchObject([
        { id: 'one', begunFrom: 'wave:w1', check: EMPTY_CHECK, wordsKept: { number: 1, writtenAt: AT, by: '' } },
      ]);
      expect(await record.find('none')).toBeUndefined();
    });

    it('keeps every version whole, and the newest holds', async () => {
      expect(await record.reword('one', words('changed'), 1, null, LATER)).toBe('written');
      expect((await record.find('one'))?.words.title).toBe('changed');
      const check = { ...EMPTY_CHECK, voice: { standing: 'met' as const, evidence: 'A list.', nextStep: '' } };
      expect(await record.answer('one', check, 0, null, LATER)).toBe('written');
      expect(await record.find('one')).toMatchObject({ check, checkKept: { number: 1, writtenAt: LATER } });
      const history = await record.history('one');
      expect(history.words.map(({ number, content }) => [number, content.title])).toEqual([[1, 'one'], [2, 'changed']]); // prettier-ignore
      expect(history.checks.map(({ content }) => content)).toEqual([check]);
    });

    it('writes nothing over what somebody else kept meanwhile, and nothing twice', async () => {
      expect(await record.reword('one', words('too late'), 1, null, LATER)).toBe('changed-since');
      expect(await record.reword('one', words('changed'), 1, null, LATER)).toBe('same');
      expect(await record.answer('one', EMPTY_CHECK, 0, null, LATER)).toBe('changed-since');
      expect((await record.history('one')).words).toHaveLength(2);
      const both = ['first', 'second'].map((title) => record.reword('one', words(title), 2, null, LATER));
      expect((await Promise.all(both)).toSorted()).toEqual(['changed-since', 'written']);
    });

    it('lists those of a period, the last that began first, and those about something', async () => {
      const link = { kind: 'reply' as const, id: 'r1' };
      await record.make({ ...entry('june'), words: { ...words('June', '2026-06-01'), links: [link] } }, null, AT);
      expect((await record.list(AUTHORITY_ID)).map(({ id }) => id)).toEqual(['june', 'one']);
      const june = await record.list(AUTHORITY_ID, { from: '2026-05-01', to: '2026-06-30' });
      expect(june.map(({ id }) => id)).toEqual(['june']);
      expect(entriesAbout(await record.list(AUTHORITY_ID), [link]).map(({ id }) => id)).toEqual(['june']);
      expect(entriesAbout(june, [{ kind: 'finding', id: 'r1' }])).toEqual([]);
    });
  });
}
