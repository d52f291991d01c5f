import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createAudit, type Audit } from '../../../server/storage/audit.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function auditContract(openDatabaseForTest: OpenDatabase): void {
  describe('the record', () => {
    let test: TestDatabase;
    let audit: Audit;
    const ids: string[] = [];

    beforeAll(async () => {
      test = await openDatabaseForTest();
      audit = createAudit(test.database);
      for (const authorityId of [AUTHORITY_ID, 'otherglen']) {
        await storePlaces(test.database, authorityId);
        const account = { authorityId, signInName: `of-${authorityId}`, passwordHash: 'x', roles: [] };
        const outcome = await createAccounts(test.database).add(account, AT);
        ids.push(outcome === 'name-taken' ? '' : outcome.id);
      }
    });
    afterAll(() => test.end());

    it('gives back who did what and when, newest first, no more than asked for', async () => {
      const [mine, theirs] = ids as [string, string];
      const write = (minute: number, accountId: string | null, subject: string) =>
        audit.write({ at: `2026-05-01T09:0${minute}:00.000Z`, accountId, action: 'wave-made', subject });
      await write(2, mine, 'second');
      await write(1, mine, 'first');
      await write(3, theirs, 'of another authority');
      await write(4, null, 'of nobody signed in');
      expect(await audit.newest(AUTHORITY_ID, 10)).toEqual([
        { at: '2026-05-01T09:04:00.000Z', who: null, action: 'wave-made', subject: 'of nobody signed in' },
        { at: '2026-05-01T09:02:00.000Z', who: 'of-strathlorn', action: 'wave-made', subject: 'second' },
        { at: '2026-05-01T09:01:00.000Z', who: 'of-strathlorn', action: 'wave-made', subject: 'first' },
      ]);
      expect((await audit.newest(AUTHORITY_ID, 2)).map((entry) => entry.subject)).toEqual([
        'of nobody signed in',
        'second',
      ]);
    });
  });
}
