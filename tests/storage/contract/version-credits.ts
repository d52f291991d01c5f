import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import { createForumMembers } from '../../../server/storage/forum-members.ts';
import { createForums } from '../../../server/storage/forums.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { createSurveys } from '../../../server/storage/surveys.ts';
import { createVersionCredits, type VersionCreditsStore } from '../../../server/storage/version-credits.ts';
import { AT } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function versionCreditsContract(openDatabaseForTest: OpenDatabase): void {
  describe('credits of survey versions', () => {
    let test: TestDatabase;
    let credits: VersionCreditsStore;
    let versionId: string;
    let forumId: string;
    const members: Record<string, string> = {};

    beforeAll(async () => {
      test = await openDatabaseForTest();
      const { database } = test;
      credits = createVersionCredits(database);
      await createAuthorities(database).add({ id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' }, AT);
      const account = { authorityId: 'strathlorn', signInName: 'worker', passwordHash: 'none', roles: [] };
      const worker = await createAccounts(database).add(account, AT);
      if (worker === 'name-taken') throw new Error('The worker is there twice.');
      const workers = [{ accountId: worker.id, shownAs: 'Worker in green' }];
      const forum = { authorityId: 'strathlorn', name: 'Thursday', workers, madeBy: null };
      const made = await createForums(database).make(forum, AT);
      if (made === 'name-taken') throw new Error('The forum is there twice.');
      forumId = made.id;
      const joining = createForumMembers(database);
      for (const pseudonym of ['Otter', 'Heron']) {
        const { token } = await joining.invite(forumId, { invitedBy: worker.id, accountId: null }, AT);
        const member = { pseudonym, signInName: pseudonym, picture: 'kite', passwordHash: 'none', rules: 1 };
        const joined = await joining.join(token, member, AT);
        if (typeof joined === 'string') throw new Error(`${pseudonym} could not join: ${joined}.`);
        members[pseudonym] = joined.accountId;
      }
      versionId = (await createSurveys(database).publish(readSurveyFolders()[0]!, null, AT)).id;
    });
    afterAll(() => test.end());

    it('are nobody’s until somebody gives one, by name or without', async () => {
      expect(await credits.of(versionId)).toEqual({ names: [], unnamed: 0 });
      await credits.give(versionId, members['Otter']!, 'unnamed', AT);
      expect(await credits.of(versionId)).toEqual({ names: [], unnamed: 1 });
      await credits.give(versionId, members['Otter']!, 'named', AT);
      await credits.give(versionId, members['Heron']!, 'unnamed', AT);
      expect(await credits.of(versionId)).toEqual({ names: ['Otter'], unnamed: 1 });
      expect(await credits.ownOf(versionId, members['Otter']!)).toBe('named');
      expect(await credits.ownOf(versionId, members['Heron']!)).toBe('unnamed');
    });

    it('leave nothing behind once taken back', async () => {
      expect(await credits.takeBack(versionId, members['Otter']!)).toBe(true);
      expect(await credits.takeBack(versionId, members['Otter']!)).toBe(false);
      expect(await credits.of(versionId)).toEqual({ names: [], unnamed: 1 });
      expect(await credits.ownOf(versionId, members['Otter']!)).toBeNull();
      const rows = await test.fromOutside().query.selectFrom('version_credits').select('account_id').execute();
      expect(rows.map((row) => row.account_id)).toEqual([members['Heron']]);
    });

    it('do not stand once somebody has left, who could not take one back any more', async () => {
      await credits.give(versionId, members['Otter']!, 'named', AT);
      await createForumMembers(test.database).leave(forumId, members['Otter']!, AT);
      expect(await credits.of(versionId)).toEqual({ names: [], unnamed: 1 });
    });

    it('are for those who helped', async () => {
      expect(await credits.helped(versionId, members['Heron']!)).toBe(false);
    });
  });
}
