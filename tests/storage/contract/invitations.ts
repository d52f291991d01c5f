import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountIdentities } from '../../../server/storage/account-identities.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createApproverRequests } from '../../../server/storage/approver-requests.ts';
import { createInvitations, type Invitations, type WayIn } from '../../../server/storage/invitations.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const WEEK_LATER = '2026-05-08T09:00:00.000Z';
const JUST_BEFORE = '2026-05-08T08:59:59.999Z';

export function invitationsContract(openDatabaseForTest: OpenDatabase): void {
  describe('invitations', () => {
    let test: TestDatabase;
    let invitations: Invitations;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, 'otherglen');
      invitations = createInvitations(test.database);
    });
    afterAll(() => test.end());

    const make = (invitedBy: string | null = null) =>
      invitations.make({ authorityId: AUTHORITY_ID, roles: ['planner', 'auditor'], invitedBy }, AT);
    const use = (token: string, signInName: string, wayIn: WayIn = { passwordHash: 'x' }) =>
      invitations.use(token, { signInName, wayIn }, AT);

    it('are open for a week, by their token alone', async () => {
      const { id, token } = await make();
      const opened = await invitations.open(token, JUST_BEFORE);
      expect({ ...opened, roles: opened?.roles.toSorted() }).toEqual({
        id,
        authorityId: AUTHORITY_ID,
        roles: ['auditor', 'planner'],
        invitedAt: AT,
        expiresAt: WEEK_LATER,
        invitedBy: null,
      });
      expect(await invitations.open(token, WEEK_LATER)).toBeUndefined();
      expect(await invitations.open(id, AT)).toBeUndefined();
      const rows = await test.database.query.selectFrom('invitations').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(token);
    });

    it('make one account with their roles, whoever is quicker', async () => {
      const { token } = await make();
      const outcomes = await Promise.all([use(token, 'quick'), use(token, 'slow')]);
      expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(1);
      const made = outcomes.find((outcome) => typeof outcome !== 'string') as { id: string };
      const account = await createAccounts(test.database).find(AUTHORITY_ID, made.id);
      expect(account?.roles.toSorted()).toEqual(['auditor', 'planner']);
    });

    it('stay open when the name is taken', async () => {
      const first = await make();
      await use(first.token, 'taken');
      const second = await make();
      expect(await use(second.token, 'taken')).toBe('name-taken');
      expect(await invitations.open(second.token, AT)).toBeDefined();
    });

    it('bind a subject of the council to one account, which is found until it ends', async () => {
      const wayIn = { issuer: 'https://council.example', subject: '42' };
      const made = (await use((await make()).token, 'bound', wayIn)) as { id: string };
      const again = await make();
      expect(await use(again.token, 'bound.again', wayIn)).toBe('known-already');
      const accounts = createAccounts(test.database);
      expect((await accounts.list(AUTHORITY_ID)).map(({ signInName }) => signInName)).not.toContain('bound.again');
      expect(await accounts.findPasswordHash('bound')).toBeUndefined();
      expect(await accounts.hasPassword(made.id)).toBe(false);
      const identities = createAccountIdentities(test.database);
      expect(await identities.find(wayIn.issuer, wayIn.subject)).toBe(made.id);
      expect(await identities.find('https://other.example', wayIn.subject)).toBeUndefined();
      await accounts.end((await accounts.find(AUTHORITY_ID, made.id))!, AT);
      expect(await identities.find(wayIn.issuer, wayIn.subject)).toBeUndefined();
    });

    it('are withdrawn by their own authority, while they are open', async () => {
      const { id, token } = await make();
      expect(await invitations.revoke('otherglen', id, AT)).toBe(false);
      expect((await invitations.list(AUTHORITY_ID, AT)).map((one) => one.id)).toContain(id);
      expect(await invitations.revoke(AUTHORITY_ID, id, AT)).toBe(true);
      expect(await invitations.revoke(AUTHORITY_ID, id, AT)).toBe(false);
      expect(await use(token, 'withdrawn')).toBe('gone');
      expect((await invitations.list(AUTHORITY_ID, AT)).map((one) => one.id)).not.toContain(id);
    });

    it('know who invited whom', async () => {
      const first = (await use((await make()).token, 'inviter')) as { id: string };
      const second = (await use((await make(first.id)).token, 'invited')) as { id: string };
      const by = await invitations.invitedBy(AUTHORITY_ID);
      expect([by.get(first.id), by.get(second.id)]).toEqual([null, first.id]);
      expect((await invitations.invitedBy('otherglen')).size).toBe(0);
    });
  });

  describe('requests for an approver', () => {
    it('wait once for an account, and are settled once', async () => {
      const test = await openDatabaseForTest();
      await storePlaces(test.database);
      const add = async (signInName: string) => {
        const account = { authorityId: AUTHORITY_ID, signInName, passwordHash: 'x', roles: ['planner' as const] };
        const added = await createAccounts(test.database).add(account, AT);
        return added === 'name-taken' ? '' : added.id;
      };
      const [account, one, other] = [await add('account'), await add('one'), await add('other')];
      const requests = createApproverRequests(test.database);
      await requests.ask(account, one, AT);
      await requests.ask(account, other, WEEK_LATER);
      expect(await requests.find(account)).toEqual({ account, requestedBy: one, requestedAt: AT });
      expect(await requests.waiting(AUTHORITY_ID)).toEqual(new Set([account]));
      expect((await Promise.all([requests.settle(account), requests.settle(account)])).toSorted()).toEqual([
        false,
        true,
      ]);
      expect(await requests.find(account)).toBeUndefined();
      await test.end();
    });
  });
}
