import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createAuthorities } from '../../../server/storage/authorities.ts';
import { createStaffSessions, type StaffSessions } from '../../../server/storage/staff-sessions.ts';
import { AT, AUTHORITY_ID, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-01T17:00:00.000Z';

export function staffSessionsContract(openDatabaseForTest: OpenDatabase): void {
  describe('staff sessions', () => {
    let test: TestDatabase;
    let sessions: StaffSessions;
    let planner: string;
    let analyst: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      sessions = createStaffSessions(test.database);
      const account = { authorityId: AUTHORITY_ID, passwordHash: 'x' };
      const accounts = createAccounts(test.database);
      const ids = [
        await accounts.add({ ...account, signInName: 'pat', roles: ['planner', 'approver'] }, AT),
        await accounts.add({ ...account, signInName: 'ann', roles: ['analyst'] }, AT),
      ].map((one) => (one === 'name-taken' ? '' : one.id));
      [planner, analyst] = ids as [string, string];
    });
    afterAll(() => test.end());

    it('know who is behind them, with all roles', async () => {
      const token = await sessions.start(planner, AT, LATER);
      const holder = await sessions.find(token, AT);
      expect({ ...holder, roles: holder?.roles.toSorted() }).toMatchObject({
        accountId: planner,
        authorityId: AUTHORITY_ID,
        signInName: 'pat',
        demonstration: true,
        roles: ['approver', 'planner'],
      });
    });

    it('are stored by the hash of their token: who reads the table cannot use it', async () => {
      const token = await sessions.start(planner, AT, LATER);
      const rows = await test.database.query.selectFrom('staff_sessions').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(token);
      for (const row of rows) expect(await sessions.find(row.token_hash, AT)).toBeUndefined();
    });

    it('are over at their time, and not a moment before', async () => {
      const token = await sessions.start(planner, AT, LATER);
      expect(await sessions.find(token, '2026-05-01T16:59:59.999Z')).toBeDefined();
      expect(await sessions.find(token, LATER)).toBeUndefined();
      expect(await sessions.find('a guess', AT)).toBeUndefined();
    });

    it('end one by one, by their own account only', async () => {
      const [one, other] = [await sessions.start(analyst, AT, LATER), await sessions.start(analyst, AT, LATER)];
      const { sessionId } = (await sessions.find(one, AT))!;
      await sessions.end(sessionId, planner, AT);
      expect(await sessions.find(one, AT)).toBeDefined();
      await sessions.end(sessionId, analyst, AT);
      expect(await sessions.find(one, AT)).toBeUndefined();
      expect(await sessions.find(other, AT)).toBeDefined();
    });

    it('end all together, without touching anybody else’s', async () => {
      const [mine, theirs] = [await sessions.start(analyst, AT, LATER), await sessions.start(planner, AT, LATER)];
      await sessions.endAll(analyst, AT);
      expect(await sessions.find(mine, AT)).toBeUndefined();
      expect(await sessions.find(theirs, AT)).toBeDefined();
      expect(await sessions.listOpen(analyst, AT)).toEqual([]);
    });

    it('are listed while they are open, the newest first', async () => {
      const newer = '2026-05-01T10:00:00.000Z';
      await sessions.start(analyst, AT, LATER);
      await sessions.start(analyst, newer, LATER);
      await sessions.start(analyst, AT, newer);
      expect((await sessions.listOpen(analyst, newer)).map((session) => session.createdAt)).toEqual([newer, AT]);
    });

    it('end all but one’s own', async () => {
      const [here, there] = [await sessions.start(analyst, AT, LATER), await sessions.start(analyst, AT, LATER)];
      const theirs = await sessions.start(planner, AT, LATER);
      await sessions.endOthers(analyst, (await sessions.find(here, AT))!.sessionId, AT);
      expect(await sessions.find(here, AT)).toBeDefined();
      expect(await sessions.find(there, AT)).toBeUndefined();
      expect(await sessions.find(theirs, AT)).toBeDefined();
    });

    it('of a real authority wait a quarter of an hour for the second step', async () => {
      await createAuthorities(test.database).add({ id: 'realglen', name: 'Realglen', kind: 'real' }, AT);
      const account = {
        authorityId: 'realglen',
        signInName: 'real.pat',
        passwordHash: 'x',
        roles: ['planner' as const],
      };
      const added = await createAccounts(test.database).add(account, AT);
      const id = added === 'name-taken' ? '' : added.id;
      const token = await sessions.start(id, AT, LATER);
      expect(await sessions.find(token, '2026-05-01T09:15:00.000Z')).toMatchObject({ awaits: 'set-up' });
      expect(await sessions.find(token, '2026-05-01T09:15:00.001Z')).toBeUndefined();
      const passed = await sessions.start(id, AT, LATER, AT);
      expect(await sessions.find(passed, '2026-05-01T16:00:00.000Z')).toMatchObject({ awaits: null });
    });

    it('of an account that has ended are over at once', async () => {
      const token = await sessions.start(planner, AT, LATER);
      await test.database.query.updateTable('accounts').set({ ended_at: AT }).where('id', '=', planner).execute();
      expect(await sessions.find(token, AT)).toBeUndefined();
    });
  });
}
