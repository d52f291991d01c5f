import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountAreas, type AccountAreas } from '../../../server/storage/account-areas.ts';
import { createAccounts } from '../../../server/storage/accounts.ts';
import { createInvitations } from '../../../server/storage/invitations.ts';
import { createStaffSessions } from '../../../server/storage/staff-sessions.ts';
import { ASH, AT, AUTHORITY_ID, DALE, storePlaces } from '../../support/stored-wave.ts';
import type { OpenDatabase, TestDatabase } from './contract.ts';

const LATER = '2026-05-01T17:00:00.000Z';
const TODAY = '2026-05-01';
const EAST = { id: 'locality:east', name: 'East' };
const CALDER = { id: 'cluster:calder', name: 'Calder' };

export function accountAreasContract(openDatabaseForTest: OpenDatabase): void {
  describe('areas of accounts', () => {
    let test: TestDatabase;
    let areas: AccountAreas;
    let planner: string;
    let administrator: string;

    beforeAll(async () => {
      test = await openDatabaseForTest();
      await storePlaces(test.database);
      await storePlaces(test.database, 'otherglen');
      const { query } = test.database;
      const authority_id = AUTHORITY_ID;
      const place = (code: string, name: string) => ({ id: code, authority_id, code, name });
      await query
        .insertInto('localities')
        .values([
          place('west', 'West'),
          place('east', 'East'),
          { ...place('other', 'Other'), authority_id: 'otherglen' },
        ])
        .execute();
      await query
        .insertInto('clusters')
        .values([place('calder', 'Calder'), place('birch', 'Birch'), place('former', 'Former'), place('both', 'Both')])
        .execute();
      for (const [id, locality_id] of [
        [ASH, 'east'],
        [DALE, 'west'],
      ] as const)
        await query.updateTable('schools').set({ locality_id }).where('id', '=', id).execute();
      const member = (cluster_id: string, school_id: string, to_date: string | null = null) => {
        return { cluster_id, school_id, from_date: '2020-08-01', to_date };
      };
      await query
        .insertInto('cluster_memberships')
        .values([
          member('calder', ASH),
          member('birch', DALE),
          member('birch', ASH, '2026-04-30'),
          member('both', ASH),
          member('both', DALE, TODAY),
        ])
        .execute();
      areas = createAccountAreas(test.database);
      const add = async (signInName: string, authorityId = AUTHORITY_ID) => {
        const account = { authorityId, signInName, passwordHash: 'x', roles: ['planner' as const] };
        return ((await createAccounts(test.database).add(account, AT)) as { id: string }).id;
      };
      [planner, administrator] = [await add('planner'), await add('administrator')];
    });
    afterAll(() => test.end());

    it('are chosen from the register: clusters under the locality of all their schools today', async () => {
      const places = (await areas.choices(AUTHORITY_ID, TODAY)).map(({ locality, clusters }) => [
        locality,
        clusters.map(({ name }) => name),
      ]);
      expect(places).toEqual([
        [EAST, ['Calder']],
        [{ id: 'locality:west', name: 'West' }, ['Birch']],
        [null, ['Both', 'Former']],
      ]);
      // One locality is the authority itself, and a place of no release.
      expect(await areas.choices('otherglen', TODAY)).toEqual([]);
    });

    it('take the place of each other, with who granted them and when', async () => {
      expect(await areas.of(planner)).toEqual([]);
      await areas.set(planner, ['cluster:birch', EAST.id], administrator, AT);
      await areas.set(planner, [EAST.id, CALDER.id], administrator, LATER);
      expect(await areas.of(planner)).toEqual([CALDER, EAST]);
      expect(await areas.ofAuthority(AUTHORITY_ID)).toEqual(new Map([[planner, [CALDER, EAST]]]));
      expect(await areas.ofAuthority('otherglen')).toEqual(new Map());
      const rows = await test.database.query.selectFrom('account_areas').selectAll().orderBy('node').execute();
      const granted = { account_id: planner, granted_by: administrator, granted_at: LATER };
      expect(rows).toEqual([CALDER, EAST].map(({ id }) => ({ ...granted, node: id })));
    });

    it('bind by the code of a place, also one that the register never had', async () => {
      await areas.set(administrator, ['cluster:gone'], planner, AT);
      expect(await areas.of(administrator)).toEqual([{ id: 'cluster:gone', name: 'gone' }]);
      await areas.set(administrator, [], planner, AT);
      expect(await areas.of(administrator)).toEqual([]);
    });

    it('are known of whoever is signed in, at once, until a role lifts them', async () => {
      const sessions = createStaffSessions(test.database);
      const token = await sessions.start(planner, AT, LATER, AT);
      const area = async () => (await sessions.find(token, AT))?.area;
      await areas.set(planner, [EAST.id], administrator, AT);
      expect(await area()).toEqual([EAST]);
      await areas.set(planner, [CALDER.id], administrator, AT);
      expect(await area()).toEqual([CALDER]);
      const accounts = createAccounts(test.database);
      const account = (await accounts.find(AUTHORITY_ID, planner))!;
      await accounts.setRoles(account, ['planner', 'auditor']);
      expect(await area()).toBeNull();
      await accounts.setRoles(account, ['planner', 'text-reader']);
      expect(await area()).toEqual([CALDER]);
      await areas.set(planner, [], administrator, AT);
      expect(await area()).toBeNull();
    });

    it('come with an invitation, from whoever invited', async () => {
      const invitations = createInvitations(test.database);
      const asked = { authorityId: AUTHORITY_ID, roles: ['planner' as const], invitedBy: administrator };
      const { id, token } = await invitations.make({ ...asked, areas: [EAST.id, CALDER.id] }, AT);
      const other = await invitations.make(asked, AT);
      expect(await areas.ofInvitations(AUTHORITY_ID)).toEqual(new Map([[id, [CALDER, EAST]]]));
      const use = async (from: string, signInName: string) =>
        ((await invitations.use(from, { signInName, wayIn: { passwordHash: 'x' } }, LATER)) as { id: string }).id;
      const bound = await use(token, 'bound');
      expect(await areas.of(bound)).toEqual([CALDER, EAST]);
      expect(await areas.of(await use(other.token, 'free'))).toEqual([]);
      const [row] = await test.database.query
        .selectFrom('account_areas')
        .select(['granted_by', 'granted_at'])
        .where('account_id', '=', bound)
        .execute();
      expect(row).toEqual({ granted_by: administrator, granted_at: LATER });
    });
  });
}
