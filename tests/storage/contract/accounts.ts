import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts, type Accounts } from '../../../server/storage/accounts.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

export function accountsContract(openDatabaseForTest: OpenDatabase): void {
  describe('accounts', () => {
    let test: TestDatabase;
    let accounts: Accounts;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, 'otherglen');
      accounts = createAccounts(test.database);
    });
    afterAll(() => test.end());

    const add = (signInName: string, authorityId = AUTHORITY_ID) =>
      accounts.add(
        { authorityId, signInName, passwordHash: `hash of ${signInName}`, roles: ['planner', 'analyst'] },
        AT,
      );

    it('are found by their sign-in name and listed with their roles, those of one authority only', async () => {
      const [b, a] = [await add('bell'), await add('adair')];
      await add('elsewhere', 'otherglen');
      const ids = [a, b].map((one) => (one === 'name-taken' ? one : one.id));
      expect(await accounts.findPasswordHash('adair')).toEqual({ id: ids[0], passwordHash: 'hash of adair' });
      const list = await accounts.list(AUTHORITY_ID);
      expect(list.map((one) => ({ ...one, roles: one.roles.toSorted() }))).toEqual(
        ['adair', 'bell'].map((signInName, index) => ({
          id: ids[index],
          authorityId: AUTHORITY_ID,
          signInName,
          roles: ['analyst', 'planner'],
        })),
      );
    });

    it('have names of their own, across authorities too', async () => {
      await add('campbell');
      expect(await add('campbell')).toBe('name-taken');
      expect(await add('campbell', 'otherglen')).toBe('name-taken');
      const before = await test.database.query.selectFrom('account_roles').selectAll().execute();
      expect(await Promise.all([add('dunn'), add('dunn')])).toContain('name-taken');
      expect(await test.database.query.selectFrom('account_roles').selectAll().execute()).toHaveLength(
        before.length + 2,
      );
    });

    it('that have ended can neither sign in nor are listed', async () => {
      await add('ended');
      await test.database.query
        .updateTable('accounts')
        .set({ ended_at: AT })
        .where('sign_in_name', '=', 'ended')
        .execute();
      expect(await accounts.findPasswordHash('ended')).toBeUndefined();
      expect((await accounts.list(AUTHORITY_ID)).map((one) => one.signInName)).not.toContain('ended');
    });

    it('get other roles and end, unless nobody would be left who can let people in', async () => {
      const roles = ['administrator' as const];
      const made = await Promise.all(
        ['first.admin', 'second.admin'].map((signInName) =>
          accounts.add({ authorityId: 'otherglen', signInName, passwordHash: 'x', roles }, AT),
        ),
      );
      const [first, second] = await Promise.all(
        made.map(async (one) => (await accounts.find('otherglen', one === 'name-taken' ? '' : one.id))!),
      );
      expect(await accounts.find(AUTHORITY_ID, first!.id)).toBeUndefined();
      expect(await accounts.setRoles(first!, ['planner'])).toBe('done');
      expect((await accounts.find('otherglen', first!.id))?.roles).toEqual(['planner']);
      expect(await accounts.setRoles(second!, ['planner'])).toBe('last-administrator');
      expect(await accounts.end(second!, AT)).toBe('last-administrator');
      expect(await accounts.end(first!, AT)).toBe('done');
      expect(await accounts.find('otherglen', first!.id)).toBeUndefined();
      expect(await accounts.nameOf(first!.id)).toBe('first.admin');
    });

    it('that nobody added are not there', async () => {
      expect(await accounts.findPasswordHash('nobody')).toBeUndefined();
    });
  });
}
