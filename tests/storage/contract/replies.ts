import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createActions } from '../../../server/storage/actions.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import { createFindings } from '../../../server/storage/findings.ts';
import { createReplies } from '../../../server/storage/replies.ts';
import { createReplyAddresses } from '../../../server/storage/reply-addresses.ts';
import { createReplyChecks } from '../../../server/storage/reply-checks.ts';
import { createReplyPresses } from '../../../server/storage/reply-presses.ts';
import { createReplyReviews } from '../../../server/storage/reply-reviews.ts';
import { createReplyUpdates } from '../../../server/storage/reply-updates.ts';
import { releaseWave } from '../../replies/released.ts';
import { AT } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-03T09:00:00.000Z';
const TEXT = { title: 'Safe', youSaid: 'Not always', considered: '', weDid: 'Lights', why: 'It was dark' };
const REPLY = {
  decision: 'doing' as const,
  owner: 'Roads',
  dueOn: '2026-05-20',
  nextUpdateOn: '2026-06-01',
  texts: { child: { en: TEXT, ar: TEXT }, adult: {}, 'easy-read': {} },
};

export function repliesContract(openDatabaseForTest: OpenDatabase): void {
  describe('what is said of replies', () => {
    let test: TestDatabase;
    let actionId: string;
    let replyId: string;
    let accounts: string[];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      const { database } = test;
      await createAuthorities(database).add({ id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' }, AT);
      accounts = await Promise.all(
        ['otter', 'heron'].map(async (signInName) => {
          const account = { authorityId: 'strathlorn', signInName, passwordHash: 'none', roles: [] };
          const added = await createAccounts(database).add(account, AT);
          if (added === 'name-taken') throw new Error(`${signInName} is there twice.`);
          return added.id;
        }),
      );
      const { releaseId } = await releaseWave(database, { id: 'strathlorn', name: 'Strathlorn' });
      const place = { node: 'authority', band: 'p5-p7', item: 'feels-safe', option: 'yes' };
      const finding = { authorityId: 'strathlorn', releaseId, place, whyItMatters: 'It matters.' };
      const findingId = await createFindings(database).make(finding, null, AT);
      const action = { task: 'Lights', lead: 'Roads', dueOn: '2026-09-01' };
      actionId = await createActions(database).make(findingId, action, null, AT);
      replyId = await createReplies(database).write(actionId, REPLY, null, AT);
    });
    afterAll(() => test.end());

    it('keeps the words of each reader in each language', async () => {
      expect(await createReplies(test.database).find(replyId)).toMatchObject({ ...REPLY, madeAt: AT });
    });

    it('counts the newest verdict of each member, on the words that they read', async () => {
      const checks = createReplyChecks(test.database);
      const id = await checks.ask(replyId, AT, null, AT);
      expect(await checks.ask(replyId, AT, null, LATER)).toBe(id);
      const [otter, heron] = accounts as [string, string];
      await checks.answer(id, { accountId: otter, isClear: false, comment: null }, AT);
      await checks.answer(id, { accountId: otter, isClear: true, comment: null }, LATER);
      await checks.answer(id, { accountId: heron, isClear: false, comment: null }, LATER);
      expect(await checks.find(id)).toMatchObject({ replyId, authorityId: 'strathlorn', clear: 1, notClear: 1 });
      expect([await checks.verdictOf(id, otter), await checks.verdictOf(id, heron)]).toEqual([true, false]);
      expect(await checks.verdictOf(id, 'nobody')).toBeUndefined();
      expect((await checks.open('strathlorn')).map((check) => check.id)).toEqual([id]);
      expect(await checks.open('otherglen')).toEqual([]);
      await createReplies(test.database).write(actionId, { ...REPLY, owner: 'Parks' }, null, LATER);
      expect(await checks.open('strathlorn')).toEqual([]);
      expect(await checks.ofWords(replyId, LATER)).toBeUndefined();
    });

    it('knows which languages were read as they are', async () => {
      const reviews = createReplyReviews(test.database);
      for (const language of ['ar', 'en', 'en']) await reviews.review(replyId, language, AT, accounts[0]!, LATER);
      expect(await reviews.reviewed(replyId, AT)).toEqual(['ar', 'en']);
      expect(await reviews.reviewed(replyId, LATER)).toEqual([]);
    });

    it('adds news, oldest first, once, and lets nobody change it', async () => {
      const updates = createReplyUpdates(test.database);
      const news = { nextUpdateOn: '2026-07-01', words: { en: 'Lit.', ar: 'مضاء.' } };
      const first = await updates.add(replyId, news, null, AT);
      expect(await updates.add(replyId, news, null, LATER)).toBe(first);
      await updates.add(replyId, { ...news, nextUpdateOn: null }, null, LATER);
      const found = (await updates.of([replyId, 'none'])).get(replyId);
      expect(found?.map(({ madeAt, nextUpdateOn, words }) => [madeAt, nextUpdateOn, words['ar']])).toEqual([
        [AT, '2026-07-01', 'مضاء.'],
        [LATER, null, 'مضاء.'],
      ]);
      expect(await updates.of([])).toEqual(new Map());
      const { query } = test.database;
      await expect(query.deleteFrom('reply_updates').execute()).rejects.toThrow();
      await expect(query.updateTable('reply_update_words').set({ words: '' }).execute()).rejects.toThrow();
    });

    it('gives a reply one number of few digits, and finds it by that', async () => {
      const addresses = createReplyAddresses(test.database);
      expect(await addresses.of(replyId)).toBeUndefined();
      const number = await addresses.give(replyId);
      expect(number).toMatch(/^[1-9]\d{3}$/);
      expect(await addresses.give(replyId)).toBe(number);
      expect([await addresses.of(replyId), await addresses.find(number)]).toEqual([number, replyId]);
      expect(await addresses.find('12345678')).toBeUndefined();
    });

    it('counts presses by button', async () => {
      const presses = createReplyPresses(test.database);
      expect(await presses.counts(replyId)).toEqual({ clear: 0, 'not-clear': 0 });
      await Promise.all(['clear', 'clear', 'not-clear'].map((one) => presses.press(replyId, one as 'clear')));
      expect(await presses.counts(replyId)).toEqual({ clear: 2, 'not-clear': 1 });
    });
  });
}
