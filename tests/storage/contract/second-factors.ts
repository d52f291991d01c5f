import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createSecondFactors, type SecondFactors } from '../../../server/storage/second-factors.ts';
import { openSecrets } from '../../../server/storage/secrets.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const SECRET = 'GEZDGNBVGY3TQOJQ';

export function secondFactorsContract(openDatabaseForTest: OpenDatabase): void {
  describe('second factors', () => {
    let test: TestDatabase;
    let factors: SecondFactors;
    let me: string;
    let other: string;
    let number = 0;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      factors = createSecondFactors(test.database, openSecrets('', 'ab'.repeat(32)));
    });
    beforeEach(async () => {
      [me, other] = [await account(), await account()];
    });
    afterAll(() => test.end());

    async function account(): Promise<string> {
      const signInName = `person${(number += 1)}`;
      const added = { authorityId: AUTHORITY_ID, signInName, passwordHash: 'x', roles: ['planner' as const] };
      const outcome = await createAccounts(test.database).add(added, AT);
      return outcome === 'name-taken' ? '' : outcome.id;
    }
    async function setUp(accountId: string, codes: string[] = ['one', 'two']): Promise<string> {
      await factors.begin(accountId, SECRET, AT);
      const { id } = (await factors.begun(accountId))!;
      await factors.confirm(accountId, id, 100, codes, AT);
      return id;
    }
    const rows = async () => [
      ...(await test.database.query.selectFrom('account_factors').selectAll().execute()),
      ...(await test.database.query.selectFrom('recovery_codes').selectAll().execute()),
    ];

    it('are in use once they are confirmed, and for one account only', async () => {
      await factors.begin(me, SECRET, AT);
      expect(await factors.confirmed(me)).toBeUndefined();
      expect(await factors.begun(me)).toMatchObject({ secret: SECRET });
      expect(await factors.begun(other)).toBeUndefined();
      const { id } = (await factors.begun(me))!;
      expect(await factors.confirm(other, id, 1, [], AT)).toBe(false);
      expect(await factors.confirm(me, id, 1, [], AT)).toBe(true);
      expect(await factors.confirm(me, id, 1, [], AT)).toBe(false);
      expect(await factors.confirmed(me)).toEqual({ id, secret: SECRET });
      expect(await factors.accountsWith(AUTHORITY_ID)).toContain(me);
      expect(await factors.accountsWith(AUTHORITY_ID)).not.toContain(other);
    });

    it('give way to a new device only when that is confirmed', async () => {
      const first = await setUp(me);
      await factors.begin(me, 'MFRGGZDFMZTWQ2LK', AT);
      await factors.begin(me, 'NBSWY3DPEB3W64TM', AT);
      expect(await factors.confirmed(me)).toMatchObject({ id: first });
      const second = (await factors.begun(me))!;
      await factors.confirm(me, second.id, 1, ['new'], AT);
      expect(await factors.confirmed(me)).toEqual({ id: second.id, secret: 'NBSWY3DPEB3W64TM' });
      expect(await factors.useCode(me, 'one', AT)).toBe(false);
    });

    it('take a time step once, and none before it', async () => {
      const id = await setUp(me);
      expect(await factors.useStep(id, 100)).toBe(false);
      expect(await factors.useStep(id, 99)).toBe(false);
      expect((await Promise.all([factors.useStep(id, 101), factors.useStep(id, 101)])).toSorted()).toEqual([
        false,
        true,
      ]);
      expect(await factors.useStep(id, 103)).toBe(true);
      expect(await factors.useStep(id, 102)).toBe(false);
    });

    it('take each recovery code once, and no other account’s', async () => {
      await setUp(me);
      await setUp(other, ['three']);
      expect(await factors.useCode(other, 'one', AT)).toBe(false);
      expect((await Promise.all([factors.useCode(me, 'one', AT), factors.useCode(me, 'one', AT)])).toSorted()).toEqual([
        false,
        true,
      ]);
      expect(await factors.state(me)).toEqual({ confirmedAt: AT, codesLeft: 1 });
      await factors.replaceCodes(me, ['four'], AT);
      expect(await factors.useCode(me, 'two', AT)).toBe(false);
      expect(await factors.useCode(me, 'four', AT)).toBe(true);
      expect(await factors.useCode(other, 'three', AT)).toBe(true);
    });

    it('are forgotten whole', async () => {
      await setUp(me);
      await factors.remove(me);
      expect(await factors.confirmed(me)).toBeUndefined();
      expect(await factors.state(me)).toEqual({ confirmedAt: null, codesLeft: 0 });
      expect(await factors.useCode(me, 'one', AT)).toBe(false);
    });

    it('cannot be read from the database, nor moved to another account in it', async () => {
      await setUp(me, ['readable']);
      const stored = (await rows()).map((row) =>
        Object.values(row).map((value) => Buffer.from(String(value)).toString()),
      );
      expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${SECRET}|readable`));
      await test.database.query
        .updateTable('account_factors')
        .set({ account_id: other })
        .where('account_id', '=', me)
        .execute();
      await expect(factors.confirmed(other)).rejects.toThrow('was made for another account');
      const elsewhere = createSecondFactors(test.database, openSecrets('', 'cd'.repeat(32)));
      await expect(elsewhere.confirmed(other)).rejects.toThrow();
    });
  });
}
